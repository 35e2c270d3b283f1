package dev.dbmigration.runner;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dbmigration.model.ExitCode;
import dev.dbmigration.model.Reason;
import dev.dbmigration.model.RunOutcome;
import dev.dbmigration.report.ReadReport;
import dev.dbmigration.report.RunContract;
import dev.dbmigration.report.RunRequests;
import dev.dbmigration.runner.dialect.Dialect;
import dev.dbmigration.sql.PostgresScripts;
import dev.dbmigration.support.MountedFolders;
import dev.dbmigration.support.Requests;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RunnerProcessTest {

  private final MountedFolders folders = MountedFolders.create();
  private final Path message = folders.root().resolve("message");
  private final ByteArrayOutputStream output = new ByteArrayOutputStream();

  @Test
  void reportsADefectWithoutItsMessage() throws IOException {
    var exitCode =
        run(_ -> {
          throw new IllegalStateException("the password is hunter2");
        });

    assertThat(exitCode).isEqualTo(ExitCode.INTERNAL);
    var report = (ReadReport.Full) report();
    assertThat(report.report().outcome())
        .isInstanceOfSatisfying(
            RunOutcome.Failed.class,
            failed -> {
              assertThat(failed.failure().reason()).isEqualTo(Reason.RUNNER_FAILED);
              assertThat(failed.failure().message())
                  .contains("java.lang.IllegalStateException", "RunnerProcessTest:")
                  .doesNotContain("hunter2");
            });
  }

  @Test
  void reportsErrorsOfTheMachineToo() throws IOException {
    var exitCode =
        run(_ -> {
          throw new OutOfMemoryError("Java heap space");
        });

    assertThat(exitCode).isEqualTo(ExitCode.INTERNAL);
    assertThat(report().toString()).contains("OutOfMemoryError", "spec.job.resources");
  }

  @Test
  void reportsOnStandardOutputWhenTheTerminationMessageCannotBeWritten() {
    var exitCode = run(new FakeTarget(), Path.of("/nowhere/message"));

    assertThat(exitCode).isEqualTo(ExitCode.SUCCEEDED);
    assertThat(output.toString(StandardCharsets.UTF_8)).contains("\"appliedNow\":1");
  }

  @Test
  void writesOneReportOnly() throws IOException {
    var report = new RunDraft(1, Clock.systemUTC());
    var out = new ReportOutput(message, new PrintStream(output, true, StandardCharsets.UTF_8));

    var first = out.write(report.succeeded());
    var second = out.write(report.failed(StopRequest.overdue(Reason.INTERRUPTED)));

    assertThat(first).isEqualTo(second).isEqualTo(ExitCode.SUCCEEDED);
    assertThat(report().toString()).contains("Succeeded").doesNotContain("Interrupted");
  }

  private ExitCode run(Dialect dialect) {
    return run(dialect, message);
  }

  private ExitCode run(Dialect dialect, Path terminationMessage) {
    folders.add(RunContract.SOURCE_FOLDER + "/0", Map.of("V1__a.sql", "SELECT 1;"));
    var environment =
        Map.of(
            RunContract.REQUEST, RunRequests.write(Requests.plain().request()),
            RunContract.ROOT, folders.root().toString(),
            RunContract.TERMINATION_MESSAGE, terminationMessage.toString());
    return new RunnerProcess(dialect, PostgresScripts::read, _ -> {})
        .run(environment, new PrintStream(output, true, StandardCharsets.UTF_8));
  }

  private ReadReport report() throws IOException {
    return ReadReport.of(Files.readString(message), output.toString(StandardCharsets.UTF_8));
  }
}
