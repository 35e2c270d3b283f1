package dev.dbmigration.cli;

import dev.dbmigration.runner.RunnerProcess;
import dev.dbmigration.runner.dialect.postgresql.PostgresDialect;
import dev.dbmigration.sql.PostgresScripts;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** One run in its pod. */
@Command(
    name = "run",
    description =
        "Carries out one run, as the operator's Jobs do: reads DBMIGRATION_RUN, writes a report.",
    mixinStandardHelpOptions = true)
final class RunCommand implements Callable<Integer> {

  @Override
  public Integer call() {
    var process =
        new RunnerProcess(
            new PostgresDialect(),
            PostgresScripts::read,
            masking -> LogConfiguration.mask(masking));
    return process.run(System.getenv(), System.out).number();
  }
}
