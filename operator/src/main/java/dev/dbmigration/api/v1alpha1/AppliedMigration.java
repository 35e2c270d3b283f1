package dev.dbmigration.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One entry of the history, as shown in the status.
 *
 * @param version its version, or R and the description of a repeatable one
 * @param description in words
 * @param checksum of its text; absent for a baseline
 * @param state where it stands
 * @param appliedAt by the clock of the database
 * @param durationMillis how long it took
 */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record AppliedMigration(
    @Required
        @JsonPropertyDescription("Its version, or R and the description of a repeatable one.")
        @Size(max = 300)
        String version,
    @JsonPropertyDescription("What it does, from its file name.") @Size(max = 300)
        @Nullable String description,
    @JsonPropertyDescription("Digest of its text; absent for a baseline.")
        @Pattern(Form.CHECKSUM)
        @Size(max = 71)
        @Nullable String checksum,
    @Required
        @JsonPropertyDescription(
            "Applied: executed. Missing: executed, and no longer in the source. Baseline: declared,"
                + " not executed.")
        @Pattern(Form.WORD)
        @Size(max = 40)
        String state,
    @JsonPropertyDescription("When it was applied, by the clock of the database.")
        @JsonFormat(shape = JsonFormat.Shape.STRING)
        @Nullable Instant appliedAt,
    @JsonPropertyDescription("How long it took, in milliseconds.") @Min(0)
        @Nullable Long durationMillis) {}
