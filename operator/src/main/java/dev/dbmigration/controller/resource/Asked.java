package dev.dbmigration.controller.resource;

import dev.dbmigration.api.v1alpha1.DatabaseMigrationSpec;
import dev.dbmigration.api.v1alpha1.ExecutionSpec;
import dev.dbmigration.job.PodOptions;
import dev.dbmigration.model.Execution;
import dev.dbmigration.model.Policy;
import dev.dbmigration.model.Target;
import dev.dbmigration.model.Version;
import dev.dbmigration.reconcile.Wish;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a specification asks for, in the model's words; all but the files.
 *
 * @param target where to
 * @param revision as the specification names it
 * @param placeholders values by name
 * @param placeholdersSecretName Secret with more values
 * @param policy what is allowed
 * @param execution how
 * @param attempts failed runs until the resource is stalled
 * @param isSuspended whether no run may start
 * @param pods about the pods of runs
 */
public record Asked(
    Target target,
    Optional<String> revision,
    Map<String, String> placeholders,
    Optional<String> placeholdersSecretName,
    Policy policy,
    Execution execution,
    int attempts,
    boolean isSuspended,
    PodOptions pods) {

  /**
   * Reads a specification; the API server has checked it, but another version of the definition may
   * have been in force then.
   *
   * @throws InvalidSpecException if it contradicts itself
   */
  public static Asked by(@Nullable DatabaseMigrationSpec spec) {
    if (spec == null || spec.source() == null || spec.target() == null) {
      throw new InvalidSpecException("spec.target or spec.source is missing");
    }
    var execution = Optional.ofNullable(spec.execution());
    return new Asked(
        TargetReader.read(spec.target()),
        Optional.ofNullable(spec.source().revision()),
        spec.source().placeholders(),
        Optional.ofNullable(spec.source().placeholdersSecretName()),
        policy(spec),
        execution.map(Asked::execution).orElse(Execution.DEFAULT),
        execution.map(ExecutionSpec::attempts).orElse(Wish.USUAL_ATTEMPTS),
        Boolean.TRUE.equals(spec.suspend()),
        PodOptionsReader.read(spec.job()));
  }

  private static Policy policy(DatabaseMigrationSpec spec) {
    var baseline = Optional.ofNullable(spec.baselineVersion());
    baseline
        .filter(text -> !Version.isValid(text))
        .ifPresent(text -> {
          throw new InvalidSpecException(
              "spec.baselineVersion \"" + text + "\" is no version: write numbers and dots");
        });
    return new Policy(
        baseline.map(Version::parse), spec.outOfOrder() == DatabaseMigrationSpec.OutOfOrder.ALLOW);
  }

  private static Execution execution(ExecutionSpec spec) {
    var usual = Execution.DEFAULT;
    return new Execution(
        duration("lockTimeout", spec.lockTimeout(), usual.lockTimeout()),
        duration("statementTimeout", spec.statementTimeout(), usual.statementTimeout()),
        Optional.ofNullable(spec.lockRetries()).orElse(usual.lockRetries()),
        duration("waitForLock", spec.waitForLock(), usual.waitForLock()),
        duration("deadline", spec.deadline(), usual.deadline()));
  }

  private static Duration duration(String field, @Nullable String text, Duration usual) {
    return DurationField.read("spec.execution." + field, text, usual);
  }
}
