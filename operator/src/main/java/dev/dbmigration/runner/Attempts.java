package dev.dbmigration.runner;

import dev.dbmigration.model.Reason;
import dev.dbmigration.runner.dialect.Session;
import dev.dbmigration.runner.dialect.StepException;
import dev.dbmigration.runner.dialect.TargetException;
import java.time.Duration;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tries work again that gave way to a lock, with growing pauses: the application goes first.
 *
 * @param session that may be cancelled while it works
 * @param retries how often, after the first attempt
 * @param pauses between two attempts
 * @param stop ends the waiting
 */
record Attempts(Session session, int retries, BackOff pauses, StopRequest stop) {

  private static final Logger LOG = LoggerFactory.getLogger(Attempts.class);

  /** With the dialect's patience for each attempt, about half a minute altogether. */
  private static final int HISTORY_RETRIES = 2;

  /** Attempts with the pauses of every run. */
  Attempts(Session session, int retries, StopRequest stop) {
    this(
        session,
        retries,
        new BackOff(Duration.ofMillis(500), Duration.ofSeconds(30), RandomGenerator.getDefault()),
        stop);
  }

  /**
   * Something that the target does or refuses.
   *
   * @param <T> what comes of it
   */
  @FunctionalInterface
  interface Work<T> {
    T carryOut() throws StepException;
  }

  /**
   * Something that is asked of the history.
   *
   * @param <T> what comes of it
   */
  @FunctionalInterface
  interface Question<T> {
    T ask() throws TargetException;
  }

  /**
   * Asks the history, and again when somebody has locked it.
   *
   * @throws TargetException of the last attempt
   * @throws RunFailedException if the run was told to stop between two attempts
   */
  <T> T ofHistory(Question<T> question) throws TargetException, RunFailedException {
    for (int attempt = 1; ; attempt++) {
      stop.begin(session);
      try {
        return question.ask();
      } catch (TargetException e) {
        if (e.failure().reason() != Reason.LOCK_TIMEOUT || attempt > HISTORY_RETRIES) {
          throw e;
        }
        LOG.atInfo()
            .addKeyValue("attempt", attempt)
            .addKeyValue("cause", e.failure().message())
            .log("waiting for a lock on the history");
      } finally {
        stop.end();
      }
      if (stop.await(pauses.after(attempt))) {
        throw new RunFailedException(
            stop.failure("It was waiting for a lock on the history; nothing was executed."));
      }
    }
  }

  /**
   * Carries work out until it does not give way any more.
   *
   * @param migration for the log
   * @throws StepException of the last attempt
   * @throws RunFailedException if the run was told to stop between two attempts
   */
  <T> T of(String migration, Work<T> work) throws StepException, RunFailedException {
    for (int attempt = 1; ; attempt++) {
      stop.begin(session);
      try {
        return work.carryOut();
      } catch (StepException e) {
        if (e.failure().reason() != Reason.LOCK_TIMEOUT || attempt > retries) {
          throw e;
        }
        LOG.atInfo()
            .addKeyValue("migration", migration)
            .addKeyValue("attempt", attempt)
            .log("gave way to a lock");
      } finally {
        stop.end();
      }
      if (stop.await(pauses.after(attempt))) {
        throw new RunFailedException(
            stop.failure(
                "Migration " + migration + " was waiting to be tried again after a lock."));
      }
    }
  }
}
