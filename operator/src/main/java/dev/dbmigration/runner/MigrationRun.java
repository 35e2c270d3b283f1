package dev.dbmigration.runner;

import dev.dbmigration.model.Failure;
import dev.dbmigration.model.Reason;
import dev.dbmigration.model.RunReport;
import dev.dbmigration.runner.dialect.Dialect;
import dev.dbmigration.runner.dialect.History.Snapshot;
import dev.dbmigration.runner.dialect.Session;
import dev.dbmigration.runner.dialect.TargetException;
import dev.dbmigration.sql.Placeholders;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/** One run, in the order of work that {@link Session} prescribes. */
final class MigrationRun {

  private final RunnerSettings settings;
  private final Dialect dialect;
  private final ScriptReader scriptReader;
  private final RunDraft draft;
  private final StopRequest stop;

  MigrationRun(
      RunnerSettings settings,
      Dialect dialect,
      ScriptReader scriptReader,
      RunDraft draft,
      StopRequest stop) {
    this.settings = settings;
    this.dialect = dialect;
    this.scriptReader = scriptReader;
    this.draft = draft;
    this.stop = stop;
  }

  /**
   * Carries the run out.
   *
   * @param logs takes the function that hides secrets in logs
   */
  RunReport run(Consumer<UnaryOperator<String>> logs) {
    try {
      var secrets = MountedSecrets.read(settings);
      var masking = secrets.masking(settings.request().target().secretKeys());
      draft.masking(masking::apply);
      logs.accept(masking::apply);
      var preparation = preparation(secrets);
      try (var session = dialect.open(Connections.settings(settings, secrets))) {
        migrate(session, preparation);
      }
      return draft.succeeded();
    } catch (RunFailedException e) {
      return draft.failed(e.failure());
    } catch (TargetException e) {
      return draft.failed(stoppedOr(e.failure()));
    }
  }

  private Preparation preparation(MountedSecrets secrets) throws RunFailedException {
    var source = MountedSource.read(settings, draft);
    var placeholders =
        new Placeholders(settings.request().placeholders()).and(secrets.placeholders());
    return new Preparation(settings.request(), source, scriptReader, placeholders);
  }

  private void migrate(Session session, Preparation preparation)
      throws RunFailedException, TargetException {
    draft.target(session.facts().target());
    refuseReadOnly(session.facts());
    var attempts = new Attempts(session, settings.request().execution().lockRetries(), stop);
    var first = attempts.ofHistory(session.history()::read);
    draft.history(first.entries());
    if (first.unfinished().isPresent() || isPending(first, preparation)) {
      refuseWhenStopped();
      execute(session, attempts, preparation);
    }
  }

  /** Not asked while a migration is unfinished: another run may be in the middle of it. */
  private boolean isPending(Snapshot first, Preparation preparation) throws RunFailedException {
    var pending = preparation.prepare(first);
    draft.warnings(pending.warnings());
    refuseWhenStopped();
    return !pending.steps().isEmpty();
  }

  /** Other runs may have been faster: only what is read under the lock counts. */
  private void execute(Session session, Attempts attempts, Preparation preparation)
      throws RunFailedException, TargetException {
    var lock = new RunLock(session, stop);
    lock.acquire(settings.request().execution().waitForLock());
    var current =
        attempts.ofHistory(() -> {
          session.history().create();
          return session.history().read();
        });
    draft.history(current.entries());
    var prepared = preparation.prepare(current);
    draft.warnings(prepared.warnings());
    new PlanExecution(settings.request(), session, lock, attempts, stop)
        .execute(prepared.steps(), current.entries(), draft);
  }

  private static void refuseReadOnly(Session.Facts facts) throws RunFailedException {
    if (facts.readOnly()) {
      throw new RunFailedException(
          Failure.of(
              Reason.TARGET_READ_ONLY,
              facts.target() + " takes no changes: it is a standby, or set to read only.",
              "Point spec.target.host, or the host in the Secret, at the primary. After a failover"
                  + " nothing has to be done: the run is tried again by itself."));
    }
  }

  private void refuseWhenStopped() throws RunFailedException {
    if (stop.reason().isPresent()) {
      throw new RunFailedException(stop.failure("Nothing was executed."));
    }
  }

  private Failure stoppedOr(Failure failure) {
    return stop.reason().isPresent()
        ? stop.failure("Nothing of the migration that was next was executed.")
        : failure;
  }
}
