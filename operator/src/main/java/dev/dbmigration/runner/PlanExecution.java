package dev.dbmigration.runner;

import dev.dbmigration.model.Checksum;
import dev.dbmigration.model.Failure;
import dev.dbmigration.model.HistoryEntry;
import dev.dbmigration.model.Migration;
import dev.dbmigration.model.MigrationKey;
import dev.dbmigration.model.RunRequest;
import dev.dbmigration.model.Version;
import dev.dbmigration.runner.PreparedStep.Progress;
import dev.dbmigration.runner.dialect.NewEntry;
import dev.dbmigration.runner.dialect.Session;
import dev.dbmigration.runner.dialect.StepException;
import dev.dbmigration.runner.dialect.TargetException;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Carries out the steps of a plan, one after the other, under the run lock. */
final class PlanExecution {

  private static final Logger LOG = LoggerFactory.getLogger(PlanExecution.class);

  private final RunRequest request;
  private final Session session;
  private final RunLock lock;
  private final Attempts attempts;
  private final StopRequest stop;

  PlanExecution(
      RunRequest request, Session session, RunLock lock, Attempts attempts, StopRequest stop) {
    this.request = request;
    this.session = session;
    this.lock = lock;
    this.attempts = attempts;
    this.stop = stop;
  }

  /**
   * Executes all steps.
   *
   * @param history all entries so far
   * @throws RunFailedException at the first step that is not carried out
   * @throws TargetException if the server is lost between steps
   */
  void execute(List<PreparedStep> steps, List<HistoryEntry> history, RunDraft draft)
      throws RunFailedException, TargetException {
    var last = history.isEmpty() ? Optional.<HistoryEntry>empty() : Optional.of(history.getLast());
    for (var step : steps) {
      if (stop.reason().isPresent()) {
        throw new RunFailedException(stop.failure("It stopped between migrations."));
      }
      lock.check();
      var entry = carryOut(step, last);
      draft.add(entry);
      LOG.atInfo()
          .addKeyValue("migration", entry.key().text())
          .addKeyValue("millis", entry.duration().toMillis())
          .log("migration recorded");
      last = Optional.of(entry);
    }
  }

  private HistoryEntry carryOut(PreparedStep step, Optional<HistoryEntry> last)
      throws RunFailedException {
    return switch (step) {
      case PreparedStep.Baseline(var version) -> record(version, last);
      case PreparedStep.Atomic atomic -> apply(atomic, last);
      case PreparedStep.Segmented segmented -> apply(segmented, last);
    };
  }

  private HistoryEntry record(Version version, Optional<HistoryEntry> last)
      throws RunFailedException {
    var key = new MigrationKey.Versioned(version);
    var entry =
        new NewEntry(
            sequence(last),
            last.map(HistoryEntry::hash),
            HistoryEntry.Kind.BASELINE,
            key,
            "baseline",
            Optional.empty(),
            Optional.<Checksum>empty(),
            request.runId());
    try {
      return attempts.of(key.text(), () -> session.execution().record(entry));
    } catch (StepException e) {
      throw new RunFailedException(stoppedOr(e, e.failure(), "The baseline was not recorded."));
    }
  }

  private HistoryEntry apply(PreparedStep.Atomic step, Optional<HistoryEntry> last)
      throws RunFailedException {
    var migration = step.migration();
    var entry = entry(migration, last);
    try {
      return attempts.of(
          migration.key().text(),
          () -> session.execution().applyAtomically(entry, step.statements(), request.execution()));
    } catch (StepException e) {
      var state = "Migration " + migration.key().text() + " was rolled back.";
      throw new RunFailedException(stoppedOr(e, e.failure(), state).in(migration));
    }
  }

  private HistoryEntry apply(PreparedStep.Segmented step, Optional<HistoryEntry> last)
      throws RunFailedException {
    var migration = step.migration();
    var segments = step.segments();
    var entry = entry(migration, last);
    int finished = 0;
    try {
      switch (step.progress()) {
        case Progress.None _ -> begin(entry, migration);
        case Progress.Begun begun -> finished = begun.finished();
      }
      for (; finished < segments.size(); finished++) {
        int index = finished;
        attempts.of(
            entry.key().text(),
            () -> {
              session.execution().run(entry, index, segments.get(index), request.execution());
              return index;
            });
      }
      return attempts.of(entry.key().text(), () -> session.execution().finish(entry));
    } catch (StepException e) {
      var failure = SegmentFailures.failed(e, migration, segments, finished);
      var state = SegmentFailures.stopped(segments, finished);
      throw new RunFailedException(stoppedOr(e, failure, state).in(migration));
    }
  }

  /** Where even the commit of this is unknown, it is certain that no statement was executed. */
  private void begin(NewEntry entry, Migration migration) throws RunFailedException {
    try {
      attempts.of(
          entry.key().text(),
          () -> {
            session.execution().begin(entry);
            return entry;
          });
    } catch (StepException e) {
      throw new RunFailedException(stoppedOr(e.failure(), SegmentFailures.NOTHING).in(migration));
    }
  }

  private NewEntry entry(Migration migration, Optional<HistoryEntry> last) {
    return new NewEntry(
        sequence(last),
        last.map(HistoryEntry::hash),
        HistoryEntry.Kind.APPLIED,
        migration.key(),
        migration.description(),
        Optional.of(migration.file()),
        Optional.of(migration.checksum()),
        request.runId());
  }

  private static long sequence(Optional<HistoryEntry> last) {
    return last.map(HistoryEntry::sequence).orElse(0L) + 1;
  }

  /** What is unknown stays so, whatever else has happened. */
  private Failure stoppedOr(StepException e, Failure failure, String state) {
    return e.isOutcomeKnown() ? stoppedOr(failure, state) : failure;
  }

  /** A statement that was cancelled because the run was told to stop is not to blame. */
  private Failure stoppedOr(Failure failure, String state) {
    return switch (failure.reason()) {
      case INTERRUPTED, STATEMENT_TIMEOUT, CONNECTION_LOST, LOCK_TIMEOUT ->
          stop.reason().isPresent() ? stop.failure(state) : failure;
      default -> failure;
    };
  }
}
