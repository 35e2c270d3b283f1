package dev.dbmigration.runner;

import dev.dbmigration.model.Failure;
import dev.dbmigration.model.Reason;
import dev.dbmigration.runner.dialect.Session;
import dev.dbmigration.runner.dialect.TargetException;
import dev.dbmigration.runner.dialect.TargetLock;
import java.time.Duration;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The lock of a run: waited for before, and looked after between the steps. */
final class RunLock {

  private static final Logger LOG = LoggerFactory.getLogger(RunLock.class);
  private static final long POLL_MILLIS = 500;
  private static final Duration BETWEEN_CHECKS = Duration.ofSeconds(1);

  private final Session session;
  private final TargetLock lock;
  private final StopRequest stop;
  private long checkedAt;

  RunLock(Session session, StopRequest stop) {
    this.session = session;
    this.lock = session.lock();
    this.stop = stop;
  }

  /**
   * Takes the lock, and waits for it if another run has it.
   *
   * @throws RunFailedException if it was not free in time, or the run was told to stop
   * @throws TargetException if the server refuses or is lost
   */
  void acquire(Duration longest) throws TargetException, RunFailedException {
    long end = System.nanoTime() + longest.toNanos();
    boolean isFree = tryAcquire();
    if (!isFree) {
      LOG.atInfo().addKeyValue("holder", holder()).log("waiting for the run lock");
    }
    while (!isFree) {
      if (System.nanoTime() >= end) {
        throw notObtained(longest);
      }
      if (stop.await(pause(end))) {
        throw new RunFailedException(
            stop.failure("It was waiting for the run lock; nothing was executed."));
      }
      isFree = tryAcquire();
    }
    checkedAt = System.nanoTime();
  }

  private boolean tryAcquire() throws TargetException {
    stop.begin(session);
    try {
      return lock.tryAcquire();
    } finally {
      stop.end();
    }
  }

  private String target() {
    return session.facts().target();
  }

  /**
   * Makes sure that the lock is still held; asks the server once a second at most.
   *
   * @throws RunFailedException if it is not
   * @throws TargetException if the server is lost
   */
  void check() throws TargetException, RunFailedException {
    long now = System.nanoTime();
    if (now - checkedAt < BETWEEN_CHECKS.toNanos()) {
      return;
    }
    if (!lock.isHeld()) {
      throw new RunFailedException(
          Failure.of(
              Reason.CONNECTION_LOST,
              "The run lock of " + target() + " was lost: the session that held it is gone.",
              "Check whether the server was restarted, or somebody ended the session; the run is"
                  + " tried again by itself."));
    }
    checkedAt = now;
  }

  private static Duration pause(long end) {
    long left = Math.max(1, (end - System.nanoTime()) / 1_000_000);
    long jitter = RandomGenerator.getDefault().nextLong(POLL_MILLIS);
    return Duration.ofMillis(Math.min(left, POLL_MILLIS + jitter));
  }

  private RunFailedException notObtained(Duration longest) {
    return new RunFailedException(
        Failure.of(
            Reason.LOCK_NOT_OBTAINED,
            "The run lock of %s was not obtained within %d s: it is held by %s."
                .formatted(target(), longest.toSeconds(), holder()),
            "Wait for that run, or end its session in the database if nothing stands behind it any"
                + " more; spec.execution.waitForLock says how long a run waits. The run is tried"
                + " again by itself."));
  }

  private String holder() {
    return lock.holder().orElse("a session that could not be found out");
  }
}
