package dev.dbmigration.runner;

import dev.dbmigration.model.ExitCode;
import dev.dbmigration.model.RunOutcome;
import dev.dbmigration.model.RunReport;
import dev.dbmigration.report.WrittenReport;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Where the report of a run goes: once, whoever comes first. */
final class ReportOutput {

  private static final Logger LOG = LoggerFactory.getLogger(ReportOutput.class);

  private final Path terminationMessage;
  private final PrintStream standardOutput;
  private Optional<ExitCode> written = Optional.empty();

  ReportOutput(Path terminationMessage, PrintStream standardOutput) {
    this.terminationMessage = terminationMessage;
    this.standardOutput = standardOutput;
  }

  /**
   * Writes a report, unless one is written already.
   *
   * @return how the process is to end
   */
  synchronized ExitCode write(RunReport report) {
    if (written.isEmpty()) {
      written = Optional.of(exitCode(report.outcome()));
      log(report.outcome());
      write(WrittenReport.of(report));
    }
    return written.get();
  }

  private void write(WrittenReport report) {
    try {
      Files.writeString(terminationMessage, report.summary());
    } catch (IOException e) {
      LOG.atError()
          .addKeyValue("path", terminationMessage)
          .addKeyValue("cause", e.getClass().getSimpleName())
          .log("termination message not written");
    }
    var text = String.join("\n", report.lines()) + "\n";
    var bytes = text.getBytes(StandardCharsets.US_ASCII);
    standardOutput.write(bytes, 0, bytes.length);
    standardOutput.flush();
  }

  private static void log(RunOutcome outcome) {
    switch (outcome) {
      case RunOutcome.Succeeded(int appliedNow) ->
          LOG.atInfo().addKeyValue("applied", appliedNow).log("run succeeded");
      case RunOutcome.Failed(var failure, int appliedNow) ->
          LOG.atError()
              .addKeyValue("reason", failure.reason())
              .addKeyValue("migration", failure.migration().orElse(""))
              .addKeyValue("applied", appliedNow)
              .addKeyValue("failure", failure.message())
              .log("run failed");
    }
  }

  private static ExitCode exitCode(RunOutcome outcome) {
    return switch (outcome) {
      case RunOutcome.Succeeded _ -> ExitCode.SUCCEEDED;
      case RunOutcome.Failed failed -> failed.failure().reason().exitCode();
    };
  }
}
