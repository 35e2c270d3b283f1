package dev.dbmigration.runner.dialect.postgresql;

import dev.dbmigration.model.Execution;
import java.time.Duration;
import java.util.List;

/** How long statements may wait for locks, and run. */
final class SessionTimeouts {

  /** For indexes that are built concurrently: a timeout would leave them invalid. */
  static final String PATIENT = "SET lock_timeout = 0";

  private SessionTimeouts() {}

  /** For the transaction that is open. */
  static List<String> local(Execution settings) {
    return List.of(
        "SET LOCAL lock_timeout = " + millis(settings.lockTimeout()),
        "SET LOCAL statement_timeout = " + millis(settings.statementTimeout()));
  }

  /** For statements outside transactions, until the session is made fresh again. */
  static List<String> session(Execution settings) {
    return List.of(
        "SET lock_timeout = " + millis(settings.lockTimeout()),
        "SET statement_timeout = " + millis(settings.statementTimeout()));
  }

  /**
   * For our own statements, until the session is made fresh again: never do they wait for ever for
   * what others have locked. A script never sees these.
   */
  static List<String> own() {
    return List.of("SET lock_timeout = '10s'", "SET statement_timeout = '60s'");
  }

  private static long millis(Duration duration) {
    return Math.min(duration.toMillis(), Integer.MAX_VALUE);
  }
}
