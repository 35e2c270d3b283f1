package dev.dbmigration.runner.dialect.postgresql;

import dev.dbmigration.model.Execution;
import dev.dbmigration.runner.dialect.StepException;
import dev.dbmigration.runner.dialect.TargetException;
import dev.dbmigration.runner.dialect.postgresql.connection.Row;
import dev.dbmigration.runner.dialect.postgresql.connection.Sql;
import dev.dbmigration.runner.dialect.postgresql.connection.WorkConnection;
import dev.dbmigration.sql.Script.Segment;
import dev.dbmigration.sql.Statement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Optional;

/**
 * A statement outside any transaction: its beginning is noted before, its end after. Of an index
 * that is built concurrently, the database itself tells what became of it.
 */
final class SingleStatement {

  private final WorkConnection work;
  private final HistoryTables tables;
  private final StepErrors errors;
  private final ProgressNotes notes;
  private final Segment.Single segment;
  private final Statement statement;
  private final Optional<ConcurrentIndex> target;

  SingleStatement(
      WorkConnection work,
      HistoryTables tables,
      StepErrors errors,
      ProgressNotes notes,
      Segment.Single segment) {
    this.work = work;
    this.tables = tables;
    this.errors = errors;
    this.notes = notes;
    this.segment = segment;
    statement = segment.statement();
    target = ConcurrentIndex.of(statement);
  }

  /**
   * What was there before the statement.
   *
   * @param index of the name that the statement gives
   * @param isResumed whether an earlier run has begun the same, and what is there is its work
   */
  private record Before(Optional<Row> index, boolean isResumed) {

    boolean isDone() {
      return isResumed && index.isPresent() && index.get().isTrue(1);
    }

    /** Whether an index that is there afterwards cannot be anybody else's. */
    boolean isOurs() {
      return isResumed || index.isEmpty();
    }
  }

  /** Carries the statement out, or finds that an earlier run did. */
  void run(Execution settings) throws StepException {
    errors.stopIfCancelled();
    var before = begin(settings);
    if (!before.isDone()) {
      execute(before);
    }
    finish();
  }

  /** Until it is through, nothing of the migration was sent. */
  private Before begin(Execution settings) throws StepException {
    try {
      prepare(settings);
      var index = find(target);
      var begun = notes.begin(segment.checksum(), target.isPresent() && index.isEmpty());
      var before = new Before(index, begun.orElseThrow(errors::anotherRun).isTrue(0));
      beConcurrent();
      if (before.isResumed() && !before.isDone()) {
        drop(index);
      }
      return before;
    } catch (SQLException e) {
      var failure = errors.ofFence(e);
      throw work.isLost() && target.isEmpty() ? withoutEffect(failure) : failure;
    }
  }

  private void prepare(Execution settings) throws SQLException {
    var message = new ArrayList<>(tables.freshSession());
    message.add("SELECT " + AdvisoryKeys.of(tables).shareWorkerLock());
    message.addAll(SessionTimeouts.session(settings));
    work.send(Sql.message(message));
  }

  private void beConcurrent() throws SQLException {
    if (statement.kind() == Statement.Kind.CONCURRENT_INDEX) {
      work.send(SessionTimeouts.PATIENT);
    }
  }

  private Optional<Row> find(Optional<ConcurrentIndex> index) throws SQLException {
    return index.isEmpty()
        ? Optional.empty()
        : work.send(index.get().select()).getFirst().stream().findFirst();
  }

  private void drop(Optional<Row> invalidIndex) throws SQLException {
    if (invalidIndex.isPresent()) {
      work.send("DROP INDEX CONCURRENTLY IF EXISTS " + invalidIndex.get().text(0));
    }
  }

  private void execute(Before before) throws StepException {
    try {
      work.execute(statement);
    } catch (SQLException e) {
      throw failed(before, e);
    }
    try {
      var made = find(target);
      if (made.isPresent() && !made.get().isTrue(1)) {
        throw withoutEffect(errors.invalidIndex(statement, made.get().text(0)));
      }
    } catch (SQLException e) {
      throw errors.of(statement, e);
    }
  }

  private StepException failed(Before before, SQLException e) {
    var failure = errors.of(statement, e);
    if (work.isLost()) {
      return target.isPresent() ? failure : errors.inDoubt(statement, e);
    }
    try {
      return isCleared(before) ? withoutEffect(failure) : failure;
    } catch (SQLException notCleared) {
      failure.addSuppressed(notCleared);
      return failure;
    }
  }

  /** A run that was told to stop leaves the clearing up to the next one. */
  private boolean isCleared(Before before) throws SQLException {
    var left = before.isOurs() ? find(target) : Optional.<Row>empty();
    if (left.isPresent() && work.isCancelled()) {
      return false;
    }
    drop(left);
    return true;
  }

  /** Where that cannot be noted, the next run takes the statement for begun. */
  private StepException withoutEffect(StepException failure) {
    try {
      notes.takeBack();
    } catch (SQLException | TargetException notNoted) {
      failure.addSuppressed(notNoted);
    }
    return failure;
  }

  /** The statement certainly was executed. */
  private void finish() throws StepException {
    try {
      if (!notes.finish(segment.checksum())) {
        throw errors.overtaken(statement);
      }
    } catch (SQLException e) {
      throw errors.notRecorded(statement, errors.errors().words(e) + ".", e);
    } catch (TargetException e) {
      throw errors.notRecorded(statement, e.failure().message(), e);
    }
  }
}
