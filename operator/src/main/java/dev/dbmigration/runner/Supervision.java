package dev.dbmigration.runner;

import dev.dbmigration.model.ExitCode;
import dev.dbmigration.model.Reason;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * Stops a run when the process is told to end, or when the run's deadline has passed: requests it,
 * keeps cancelling what is running, and when the run does not end in time, reports in its place and
 * ends the process.
 */
final class Supervision implements AutoCloseable {

  private static final Duration BETWEEN_CANCELS = Duration.ofMillis(250);

  private final StopRequest stop;
  private final Duration patience;
  private final Function<Reason, ExitCode> lastResort;
  private final CountDownLatch finished = new CountDownLatch(1);
  private final Thread onSignal;

  private Supervision(
      StopRequest stop, Duration gracePeriod, Function<Reason, ExitCode> lastResort) {
    this.stop = stop;
    this.patience = patience(gracePeriod);
    this.lastResort = lastResort;
    this.onSignal = new Thread(() -> end(Reason.INTERRUPTED), "signal to stop");
  }

  /**
   * Begins.
   *
   * @param settings with the deadline and the grace period
   * @param stop what the run looks at
   * @param lastResort writes a report in the run's place, unless it has written one
   */
  static Supervision of(
      RunnerSettings settings, StopRequest stop, Function<Reason, ExitCode> lastResort) {
    var supervision = new Supervision(stop, settings.gracePeriod(), lastResort);
    Runtime.getRuntime().addShutdownHook(supervision.onSignal);
    var deadline = settings.request().execution().deadline();
    if (!deadline.isZero()) {
      Thread.ofPlatform().daemon().name("deadline").start(() -> supervision.endAfter(deadline));
    }
    return supervision;
  }

  /** The run has ended and its report is written. */
  @Override
  public void close() {
    finished.countDown();
    try {
      Runtime.getRuntime().removeShutdownHook(onSignal);
    } catch (IllegalStateException _) {
      // The process is ending: the hook is running and sets the exit code.
    }
  }

  private void endAfter(Duration deadline) {
    if (!isFinishedWithin(deadline)) {
      stop.request(Reason.DEADLINE_EXCEEDED);
      if (!isFinishedAfterCancelling()) {
        halt(Reason.DEADLINE_EXCEEDED);
      }
    }
  }

  /** The virtual machine would end with 143; the exit code is to be the report's. */
  private void end(Reason reason) {
    stop.request(reason);
    var ended = isFinishedAfterCancelling();
    halt(ended ? stop.reason().orElse(reason) : reason);
  }

  private void halt(Reason reason) {
    Runtime.getRuntime().halt(lastResort.apply(reason).number());
  }

  private boolean isFinishedAfterCancelling() {
    long end = System.nanoTime() + patience.toNanos();
    while (System.nanoTime() < end) {
      stop.cancelRunning();
      if (isFinishedWithin(BETWEEN_CANCELS)) {
        return true;
      }
    }
    return false;
  }

  private boolean isFinishedWithin(Duration time) {
    try {
      return finished.await(time.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** What is left of the grace period when a tenth is kept for writing the report. */
  private static Duration patience(Duration gracePeriod) {
    return gracePeriod.minus(gracePeriod.dividedBy(10));
  }
}
