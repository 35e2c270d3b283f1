package dev.dbmigration.reconcile;

import dev.dbmigration.model.Checksum;
import dev.dbmigration.model.Failure;
import dev.dbmigration.model.Reason;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * A run as the status shows it.
 *
 * @param run its number
 * @param job name of its Job
 * @param attempt how many runs for the same inputs there were, this one included
 * @param inputsHash of what decided what it did
 * @param startedAt when its Job began
 * @param result how it stands
 */
public record RecordedRun(
    int run, String job, int attempt, Checksum inputsHash, Instant startedAt, Result result) {

  private static final Duration LONGEST_PAUSE = Duration.ofMinutes(10);

  /** How a run stands. */
  public sealed interface Result {

    /** It has not ended. */
    record Running() implements Result {}

    /**
     * All that was pending is applied.
     *
     * @param finishedAt when
     */
    record Succeeded(Instant finishedAt) implements Result {}

    /**
     * It did not do what was asked.
     *
     * @param finishedAt when
     * @param failure why
     */
    record Failed(Instant finishedAt, Failure failure) implements Result {}
  }

  /** Whether it has not ended. */
  public boolean isRunning() {
    return result instanceof Result.Running;
  }

  boolean hasSucceeded() {
    return result instanceof Result.Succeeded;
  }

  Optional<Result.Failed> failed() {
    return result instanceof Result.Failed failed ? Optional.of(failed) : Optional.empty();
  }

  /** When the next run for the same inputs may start; empty if none follows by itself. */
  Optional<Instant> nextAttemptAt() {
    return failed()
        .filter(failed -> failed.failure().reason().isRetried())
        .map(failed -> failed.finishedAt().plus(pause(failed.failure().reason(), attempt)));
  }

  /** The pause after the given failed attempt: doubles each time, up to ten minutes. */
  static Duration pause(Reason reason, int attempt) {
    int doublings = Math.min(attempt - 1, 10);
    var pause = reason.firstPause().multipliedBy(1L << doublings);
    return pause.compareTo(LONGEST_PAUSE) < 0 ? pause : LONGEST_PAUSE;
  }
}
