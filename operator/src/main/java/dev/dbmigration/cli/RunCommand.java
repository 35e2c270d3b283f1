package dev.dbmigration.cli;

import dev.dbmigration.runner.RunnerProcess;
import dev.dbmigration.runner.dialect.postgresql.PostgresDialect;
import dev.dbmigration.sql.PostgresScripts;

/** One run in its pod. */
final class RunCommand {

  /** Returns the exit code. */
  int call() {
    var process =
        new RunnerProcess(
            new PostgresDialect(),
            PostgresScripts::read,
            masking -> LogConfiguration.mask(masking));
    return process.run(System.getenv(), System.out).number();
  }
}
