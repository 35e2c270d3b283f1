package dev.dbmigration.runner;

import dev.dbmigration.model.Execution;
import java.time.Duration;

/** Ways of execution. */
final class Executions {

  /** Long enough for everything. */
  static final Execution PATIENT =
      new Execution(Duration.ofMinutes(5), Duration.ZERO, 0, Duration.ofMinutes(5), Duration.ZERO);

  private Executions() {}
}
