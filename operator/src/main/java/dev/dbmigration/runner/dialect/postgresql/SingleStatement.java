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
import java.util.List;
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
  private final Optional<Leftovers> leftovers;

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
    leftovers = Leftovers.of(statement);
  }

  /**
   * What was there before the statement.
   *
   * @param index of the name that the statement gives
   * @param left by others, or by an earlier run
   * @param isResumed whether an earlier run has begun the same, and what is there is its work
   */
  private record Before(Optional<Row> index, List<Row> left, boolean isResumed) {

    boolean isDone() {
      return isResumed && index.isPresent() && index.get().isTrue(1);
    }

    /** Whether an index that is there afterwards cannot be anybody else's. */
    boolean isOurs() {
      return isResumed || index.isEmpty();
    }

    /** As {@link #isOurs()}, of other things. */
    boolean isOurs(Row leftBehind) {
      return isResumed || !left.contains(leftBehind);
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
      var left = findClearable();
      var begun = notes.begin(segment.checksum(), index.isEmpty() && isRecoverable());
      var before = new Before(index, left, begun.orElseThrow(errors::anotherRun).isTrue(0));
      beConcurrent();
      if (before.isResumed() && !before.isDone()) {
        drop(index);
        clear(left);
      }
      return before;
    } catch (SQLException e) {
      var failure = errors.ofFence(e);
      throw work.isLost() && !isRecoverable() ? withoutEffect(failure) : failure;
    }
  }

  /** Whether a later run can find out what became of the statement, or execute it once more. */
  private boolean isRecoverable() {
    return target.isPresent() || leftovers.filter(Leftovers::isRepeatable).isPresent();
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

  private List<Row> find(Leftovers of) throws SQLException {
    return work.send(of.select()).getFirst();
  }

  /** What may be cleared away so that the statement can run again. */
  private List<Row> findClearable() throws SQLException {
    var clearable = leftovers.filter(Leftovers::isRepeatable);
    return clearable.isPresent() ? find(clearable.get()) : List.of();
  }

  private void clear(List<Row> left) throws SQLException {
    for (var row : left) {
      work.send(row.text(1));
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
    var failure = errors.outside(statement, e);
    if (work.isLost()) {
      return isRecoverable() ? failure : errors.inDoubt(statement, e);
    }
    try {
      return leaving(isCleared(before) ? withoutEffect(failure) : failure);
    } catch (SQLException notCleared) {
      failure.addSuppressed(notCleared);
      return leaving(failure);
    }
  }

  /** Names what is left behind. */
  private StepException leaving(StepException failure) {
    if (leftovers.isEmpty()) {
      return failure;
    }
    try {
      var left = find(leftovers.get());
      return left.isEmpty() ? failure : errors.leaving(failure, leftovers.get(), left);
    } catch (SQLException unknown) {
      failure.addSuppressed(unknown);
      return failure;
    }
  }

  /** A run that was told to stop leaves the clearing up to the next one. */
  private boolean isCleared(Before before) throws SQLException {
    var index = before.isOurs() ? find(target) : Optional.<Row>empty();
    var left = findClearable().stream().filter(before::isOurs).toList();
    boolean isClear = index.isEmpty() && left.isEmpty();
    if (work.isCancelled()) {
      return isClear;
    }
    drop(index);
    clear(left);
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
