package dev.dbmigration.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.kubernetes.api.model.Condition;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the operator has seen.
 *
 * @param observedGeneration of the spec that this status is about
 * @param conditions Ready, Reconciling, Stalled
 * @param target where the last run went
 * @param currentVersion the highest applied version
 * @param applied how many migrations are applied
 * @param pending how many are not yet applied
 * @param runs number of the newest run
 * @param sourceDigest over all files, as the last run read them
 * @param historyHead the newest entry of the history
 * @param plan what the next run would do
 * @param history the newest applied migrations, newest first
 * @param lastRun the newest run
 * @param warnings for people
 */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record DatabaseMigrationStatus(
    @JsonPropertyDescription(
            "The generation of the spec that this status is about; -1 before the operator has seen"
                + " the resource.")
        @Nullable Long observedGeneration,
    @JsonPropertyDescription(
            "Ready: every migration is applied. Reconciling: something is happening or waited for."
                + " Stalled: a person has to do something.")
        @Size(max = 10)
        List<Condition> conditions,
    @JsonPropertyDescription("Engine, host, port and database of the last run; no user name.")
        @Size(max = 1024)
        @Nullable String target,
    @JsonPropertyDescription("The highest applied version.") @Size(max = 200)
        @Nullable String currentVersion,
    @JsonPropertyDescription("How many migrations are applied.") @Min(0) @Nullable Integer applied,
    @JsonPropertyDescription("How many migrations are in the source and not applied.") @Min(0)
        @Nullable Integer pending,
    @JsonPropertyDescription("Number of the newest run; Jobs are named after it.") @Min(0)
        @Nullable Integer runs,
    @JsonPropertyDescription("Digest over all files of the source, as the last run read them.")
        @Pattern(Form.CHECKSUM)
        @Size(max = 71)
        @Nullable String sourceDigest,
    @JsonPropertyDescription(
            "The newest entry of the history, by which a history that went back is noticed.")
        @Nullable HistoryHead historyHead,
    @JsonPropertyDescription("What the next run would do.") @Nullable Plan plan,
    @JsonPropertyDescription("The newest entries of the history, newest first, at most 20.")
        @Size(max = 20)
        List<AppliedMigration> history,
    @JsonPropertyDescription("The newest run.") @Nullable LastRun lastRun,
    @JsonPropertyDescription("What a person should know, although nothing failed; at most 20.")
        @Size(max = 20)
        List<@Size(max = 4096) String> warnings) {

  /** Empty where nothing is given. */
  public DatabaseMigrationStatus {
    conditions = Given.list(conditions);
    history = Given.list(history);
    warnings = Given.list(warnings);
  }

  /**
   * The newest entry of the history.
   *
   * @param sequence its number
   * @param hash over it and all entries before
   */
  @JsonIgnoreProperties(ignoreUnknown = true)
  public record HistoryHead(
      @Required @JsonPropertyDescription("Number of the entry, from 1.") @Min(1) long sequence,
      @Required
          @JsonPropertyDescription("Hash over the entry and all before it.")
          @Pattern(Form.CHECKSUM)
          @Size(max = 71)
          String hash) {}

  /**
   * What the next run would do.
   *
   * @param steps the next migrations in their order
   * @param more how many follow
   */
  @JsonIgnoreProperties(ignoreUnknown = true)
  @JsonInclude(JsonInclude.Include.NON_EMPTY)
  public record Plan(
      @JsonPropertyDescription("The next pending migrations in their order, at most 20.")
          @Size(max = 20)
          List<Step> steps,
      @JsonPropertyDescription("How many follow after those.") @Min(0) @Nullable Integer more) {

    /** Empty where nothing is given. */
    public Plan {
      steps = Given.list(steps);
    }
  }

  /**
   * A pending migration.
   *
   * @param version its version, or R and the description of a repeatable one
   * @param description in words
   * @param checksum of its text
   */
  @JsonIgnoreProperties(ignoreUnknown = true)
  @JsonInclude(JsonInclude.Include.NON_EMPTY)
  public record Step(
      @Required
          @JsonPropertyDescription("Its version, or R and the description of a repeatable one.")
          @Size(max = 300)
          String version,
      @JsonPropertyDescription("What it does, from its file name.") @Size(max = 300)
          @Nullable String description,
      @JsonPropertyDescription("Digest of its text.") @Pattern(Form.CHECKSUM) @Size(max = 71)
          @Nullable String checksum) {}
}
