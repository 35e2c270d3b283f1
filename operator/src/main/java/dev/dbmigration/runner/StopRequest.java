package dev.dbmigration.runner;

import dev.dbmigration.model.Failure;
import dev.dbmigration.model.Reason;
import dev.dbmigration.runner.dialect.Session;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Whether a run is told to stop, and why. Asked by the run between its steps; requested by the
 * threads that watch over it, which also cancel the statement that is running.
 */
final class StopRequest {

  private final CountDownLatch requested = new CountDownLatch(1);
  private final AtomicBoolean isCancelling = new AtomicBoolean();
  private Optional<Reason> reason = Optional.empty();
  private Optional<Session> busy = Optional.empty();

  /** Tells the run to stop; the first reason counts. */
  synchronized void request(Reason why) {
    if (reason.isEmpty()) {
      reason = Optional.of(why);
      requested.countDown();
    }
  }

  /** Why to stop; empty as long as the run may go on. */
  synchronized Optional<Reason> reason() {
    return reason;
  }

  /** From now on the session executes something that may be cancelled. */
  synchronized void begin(Session session) {
    busy = Optional.of(session);
  }

  /** From now on nothing may be cancelled. */
  synchronized void end() {
    busy = Optional.empty();
  }

  /**
   * Cancels what is running, if the run was told to stop. Whoever asks does not wait: a server that
   * is out of reach keeps only the thread that asks it, and there is one at most.
   */
  void cancelRunning() {
    var running = running();
    if (running.isPresent() && isCancelling.compareAndSet(false, true)) {
      Thread.ofPlatform().daemon().name("cancel").start(() -> cancel(running.get()));
    }
  }

  private synchronized Optional<Session> running() {
    return reason.isPresent() ? busy : Optional.empty();
  }

  private void cancel(Session session) {
    try {
      session.cancel();
    } finally {
      isCancelling.set(false);
    }
  }

  /**
   * Waits, unless told to stop.
   *
   * @return whether the run was told to stop
   */
  boolean await(Duration pause) {
    try {
      return requested.await(pause.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      request(Reason.INTERRUPTED);
      return true;
    }
  }

  /**
   * What the run says when it ends because of the request.
   *
   * @param state sentences: what remains
   */
  Failure failure(String state) {
    var why = reason().orElse(Reason.INTERRUPTED);
    return Failure.of(why, what(why) + " " + state, remedy(why));
  }

  /** What is said in place of a run that did not end in time. */
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
