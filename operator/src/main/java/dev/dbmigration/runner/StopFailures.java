package dev.dbmigration.runner;

import dev.dbmigration.model.Failure;
import dev.dbmigration.model.Reason;

/** What a run says that was told to stop. */
final class StopFailures {

  private StopFailures() {}

  /**
   * The run ended because of it.
   *
   * @param stop which was requested
   * @param state sentences: what remains
   */
  static Failure stopped(StopRequest stop, String state) {
    var reason = stop.reason().orElse(Reason.INTERRUPTED);
    return Failure.of(reason, what(reason) + " " + state, remedy(reason));
  }

  /** The run was told to stop and did not end in time. */
  static Failure overdue(Reason reason) {
    return Failure.of(
        reason,
        what(reason)
            + " The database did not answer in time; it rolls back what was not committed once it"
            + " notices that the runner is gone.",
        remedy(reason));
  }

  private static String what(Reason reason) {
    return reason == Reason.DEADLINE_EXCEEDED
        ? "The run was stopped: its deadline has passed."
        : "The run was stopped by a signal: its pod was evicted, deleted, or the node drained.";
  }

  private static String remedy(Reason reason) {
    return reason == Reason.DEADLINE_EXCEEDED
        ? "Raise spec.execution.deadline, or make the migration smaller."
        : "Nothing has to be done: the next run goes on where this one stopped.";
  }
}
