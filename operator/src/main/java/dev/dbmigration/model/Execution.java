package dev.dbmigration.model;

import java.time.Duration;

/**
 * How a run treats the target.
 *
 * @param lockTimeout longest wait for a lock on a table before the step gives way and is tried
 *     again
 * @param statementTimeout longest time of one statement; zero means none
 * @param lockRetries how often a step that gave way is tried again within one run, 0 to 1000
 * @param waitForLock longest wait for another run on the same target
 * @param deadline longest time of a run; zero means none
 */
public record Execution(
    Duration lockTimeout,
    Duration statementTimeout,
    int lockRetries,
    Duration waitForLock,
    Duration deadline) {

  /** What applies where nothing is said; also the defaults in the CRD. */
  public static final Execution DEFAULT =
      new Execution(
          Duration.ofSeconds(5), Duration.ZERO, 30, Duration.ofSeconds(60), Duration.ZERO);
}
