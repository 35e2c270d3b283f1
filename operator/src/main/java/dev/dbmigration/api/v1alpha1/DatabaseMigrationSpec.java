package dev.dbmigration.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import org.jspecify.annotations.Nullable;

/**
 * What the user wants.
 *
 * @param target where to
 * @param source where from
 * @param baselineVersion the version at which a database without history is declared to stand
 * @param outOfOrder whether a late version may run
 * @param execution how a run treats the target
 * @param suspend whether no run starts
 * @param job about the pods of runs
 */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record DatabaseMigrationSpec(
    @Required @JsonPropertyDescription("The database that is migrated.") TargetSpec target,
    @Required @JsonPropertyDescription("Where the migrations are read from.") SourceSpec source,
    @JsonPropertyDescription(
            "Declares that a database which holds tables but no history already stands at this"
                + " version: migrations up to it count as applied without being executed. Has no"
                + " effect on a database with a history, nor on an empty one.")
        @Pattern(Form.VERSION)
        @Size(min = 1, max = 100)
        @Nullable String baselineVersion,
    @JsonPropertyDescription(
            "What happens to a pending migration whose version is below the highest applied one:"
                + " Refuse stops before anything is executed, Allow executes it.")
        @Default("Refuse")
        @Nullable OutOfOrder outOfOrder,
    @JsonPropertyDescription("How a run treats the database.") @Default("{}")
        @Nullable ExecutionSpec execution,
    @JsonPropertyDescription("While true, no run starts; a run that is going is not stopped.")
        @Default("false")
        @Nullable Boolean suspend,
    @JsonPropertyDescription("Settings of the pods in which runs take place.")
        @Nullable JobSpec job) {

  /** What happens to a pending migration below the highest applied version. */
  public enum OutOfOrder {
    /** Nothing is executed. */
    @JsonProperty("Refuse")
    REFUSE,
    /** It is executed. */
    @JsonProperty("Allow")
    ALLOW
  }
}
