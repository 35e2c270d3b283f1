package dev.dbmigration.runner;

import dev.dbmigration.model.ExitCode;
import dev.dbmigration.model.Failure;
import dev.dbmigration.model.Reason;
import dev.dbmigration.model.RunReport;
import dev.dbmigration.runner.RunnerSettings.Reading;
import dev.dbmigration.runner.dialect.Dialect;
import java.io.PrintStream;
import java.time.Clock;
import java.util.Arrays;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/**
 * One run as a process: environment in, report and exit code out. A report is written whatever
 * happens.
 */
public final class RunnerProcess {

  private static final Logger LOG = LoggerFactory.getLogger(RunnerProcess.class);

  private final Dialect dialect;
  private final ScriptReader scriptReader;
  private final Consumer<UnaryOperator<String>> logs;
  private final Clock clock = Clock.systemUTC();

  /**
   * A process for one kind of database.
   *
   * @param dialect of the target
   * @param scriptReader of the same kind
   * @param logs takes the function that hides secrets in logs, once they are known
   */
  public RunnerProcess(
      Dialect dialect, ScriptReader scriptReader, Consumer<UnaryOperator<String>> logs) {
    this.dialect = dialect;
    this.scriptReader = scriptReader;
    this.logs = logs;
  }

  /**
   * Carries the run out.
   *
   * @param environment variables by name, see {@code RunContract}
   * @param standardOutput where the full report goes
   */
  public ExitCode run(Map<String, String> environment, PrintStream standardOutput) {
    var output = new ReportOutput(RunnerSettings.terminationMessage(environment), standardOutput);
    return switch (RunnerSettings.read(environment)) {
      case Reading.Usable(var settings) -> run(settings, output);
      case Reading.Unusable(var failure) -> output.write(new RunDraft(0, clock).failed(failure));
    };
  }

  private ExitCode run(RunnerSettings settings, ReportOutput output) {
    var resource = settings.request().resource();
    MDC.put("namespace", resource.namespace());
    MDC.put("name", resource.name());
    MDC.put("run", Integer.toString(settings.request().run()));
    LOG.info("run started");
    var draft = new RunDraft(settings.request().run(), clock);
    var stop = new StopRequest();
    try (var _ =
        Supervision.of(
            settings, stop, reason -> output.write(draft.failed(StopRequest.overdue(reason))))) {
      return output.write(report(settings, draft, stop));
    }
  }

  private RunReport report(RunnerSettings settings, RunDraft draft, StopRequest stop) {
    try {
      return new MigrationRun(settings, dialect, scriptReader, draft, stop).run(logs);
    } catch (RuntimeException | Error e) {
      return draft.failed(defect(e));
    }
  }

  /** The exception's message may hold a secret, so only its kind and place are told. */
  private static Failure defect(Throwable e) {
    var place =
        Arrays.stream(e.getStackTrace())
            .filter(frame -> frame.getClassName().startsWith("dev.dbmigration."))
            .findFirst()
            .map(frame -> " at " + frame.getClassName() + ":" + frame.getLineNumber())
            .orElse("");
    return Failure.of(
        Reason.RUNNER_FAILED,
        "The runner failed: " + e.getClass().getName() + place + ".",
        "This is a defect of the runner, or it had too little memory: see spec.job.resources. What"
            + " was not committed is rolled back; the run is tried again.");
  }
}
