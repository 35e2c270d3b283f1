package dev.dbmigration.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import org.jspecify.annotations.Nullable;

/**
 * How a run treats the database.
 *
 * @param lockTimeout longest wait for a lock on a table
 * @param statementTimeout longest time of a statement
 * @param lockRetries how often a migration that gave way is tried again within one run
 * @param waitForLock longest wait for another run on the same database
 * @param deadline longest time of a run
 * @param attempts failed runs until the resource is Stalled
 */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record ExecutionSpec(
    @JsonPropertyDescription(
            "Longest wait for a lock on a table, 10ms to 1h. Then the migration gives way to the"
                + " application, is rolled back and tried again.")
        @Default("5s")
        @Pattern(Form.DURATION)
        @Size(min = 2, max = 28)
        @ValidationRule(
            value = "duration(self) >= duration('10ms') && duration(self) <= duration('1h')",
            message = "lockTimeout is out of bounds: write a duration from 10ms to 1h")
        @Nullable String lockTimeout,
    @JsonPropertyDescription("Longest time of one statement, up to 168h; 0s means no limit.")
        @Default("0s")
        @Pattern(Form.DURATION)
        @Size(min = 2, max = 28)
        @ValidationRule(
            value = "duration(self) <= duration('168h')",
            message = "statementTimeout is out of bounds: write a duration from 0s to 168h")
        @Nullable String statementTimeout,
    @JsonPropertyDescription(
            "How often a migration that did not obtain a lock is tried again within one run.")
        @Default("30")
        @Min(0)
        @Max(1000)
        @Nullable Integer lockRetries,
    @JsonPropertyDescription("Longest wait for another run on the same database, up to 24h.")
        @Default("60s")
        @Pattern(Form.DURATION)
        @Size(min = 2, max = 28)
        @ValidationRule(
            value = "duration(self) <= duration('24h')",
            message = "waitForLock is out of bounds: write a duration from 0s to 24h")
        @Nullable String waitForLock,
    @JsonPropertyDescription(
            "Longest time of a run, up to 168h; 0s means no limit. Then the statement is cancelled,"
                + " rolled back and reported.")
        @Default("0s")
        @Pattern(Form.DURATION)
        @Size(min = 2, max = 28)
        @ValidationRule(
            value = "duration(self) <= duration('168h')",
            message = "deadline is out of bounds: write a duration from 0s to 168h")
        @Nullable String deadline,
    @JsonPropertyDescription(
            "After so many failed runs in a row the resource is Stalled; runs go on, ever more"
                + " rarely.")
        @Default("5")
        @Min(1)
        @Max(100)
        @Nullable Integer attempts) {}
