package dev.dbmigration.cli;

import dev.dbmigration.runner.RunnerProcess;
import dev.dbmigration.runner.dialect.postgresql.PostgresDialect;
import dev.dbmigration.sql.PostgresScripts;
import java.util.logging.Level;
import java.util.logging.Logger;

/** One run in its pod. */
final class RunCommand {

  /** Held, because the JDK forgets the level of a logger that nobody holds. */
  private static final Logger DRIVER = Logger.getLogger("org.postgresql");

  /** The driver writes to standard error, past what hides secrets: what it says comes to us too. */
  static void silenceDriver() {
    DRIVER.setLevel(Level.OFF);
  }

  /** Returns the exit code. */
  int call() {
    silenceDriver();
    var process =
        new RunnerProcess(
            new PostgresDialect(),
            PostgresScripts::read,
            masking -> LogConfiguration.mask(masking));
    return process.run(System.getenv(), System.out).number();
  }
}
