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
 * The newest run.
 *
 * @param job name of its Job
 * @param run its number
 * @param attempt how many runs for the same inputs there were, this one included
 * @param inputsHash digest of what decided what it did
 * @param startedAt when it began
 * @param finishedAt when it ended
 * @param outcome how it ended, or that it goes on
 * @param failure why it did not do what was asked
 */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record LastRun(
    @Required @JsonPropertyDescription("Name of its Job.") @Size(max = 63) String job,
    @Required @JsonPropertyDescription("Number of the run, from 1.") @Min(1) int run,
    @JsonPropertyDescription("How many runs for the same inputs there were, this one included.")
        @Min(1)
        @Nullable Integer attempt,
    @JsonPropertyDescription(
            "Digest of the spec's and the source's parts that decide what a run does.")
        @Pattern(Form.CHECKSUM)
        @Size(max = 71)
        @Nullable String inputsHash,
    @JsonPropertyDescription("When it began.") @JsonFormat(shape = JsonFormat.Shape.STRING)
        @Nullable Instant startedAt,
    @JsonPropertyDescription("When it ended; absent while it goes on.")
        @JsonFormat(shape = JsonFormat.Shape.STRING)
        @Nullable Instant finishedAt,
    @JsonPropertyDescription("Running, Succeeded or Failed.") @Pattern(Form.WORD) @Size(max = 40)
        @Nullable String outcome,
    @JsonPropertyDescription("Why it did not do what was asked.") @Nullable RunFailure failure) {

  /**
   * Why a run failed; free of secrets and of row data.
   *
   * @param reason the machine-readable word
   * @param version the migration concerned
   * @param file the file concerned
   * @param line in that file
   * @param column in that line
   * @param code the server's
   * @param message what could not be done, where and why
   * @param remedy what to do about it
   */
  @JsonIgnoreProperties(ignoreUnknown = true)
  @JsonInclude(JsonInclude.Include.NON_EMPTY)
  public record RunFailure(
      @JsonPropertyDescription("The machine-readable reason; each has a page in the documentation.")
          @Pattern(Form.WORD)
          @Size(max = 100)
          @Nullable String reason,
      @JsonPropertyDescription("Version of the migration concerned.") @Size(max = 300)
          @Nullable String version,
      @JsonPropertyDescription("File of the migration concerned.") @Size(max = 500)
          @Nullable String file,
      @JsonPropertyDescription("Line in that file, from 1.") @Min(1) @Nullable Integer line,
      @JsonPropertyDescription("Column in that line, from 1.") @Min(1) @Nullable Integer column,
      @JsonPropertyDescription("The database's own error code, for PostgreSQL an SQLSTATE.")
          @Size(max = 40)
          @Nullable String code,
      @JsonPropertyDescription("What could not be done, where, and why in the database's words.")
          @Size(max = 8192)
          @Nullable String message,
      @JsonPropertyDescription("What to do about it.") @Size(max = 8192) @Nullable String remedy) {}
}
