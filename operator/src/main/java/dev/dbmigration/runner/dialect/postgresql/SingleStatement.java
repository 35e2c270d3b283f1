package dev.dbmigration.runner.dialect.postgresql;

import dev.dbmigration.model.Execution;
import dev.dbmigration.runner.dialect.NewEntry;
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
  private final ProgressStatements progress;
  private final StepErrors errors;

  SingleStatement(WorkConnection work, HistoryTables tables, StepErrors errors) {
    this.work = work;
    this.tables = tables;
    this.errors = errors;
    progress = new ProgressStatements(tables);
  }

  /** Carries the segment out, or finds that an earlier run did. */
  void run(NewEntry entry, int index, Segment.Single segment, Execution settings)
      throws StepException {
    errors.stopIfCancelled();
    var statement = segment.statement();
    var target = ConcurrentIndex.of(statement);
    try {
      prepare(statement, settings);
      var found = find(target);
      boolean isResumed = begin(entry, index, segment, target.isPresent() && found.isEmpty());
      if (!isResumed || found.isEmpty() || !found.get().isTrue(1)) {
        var left = isResumed ? found : Optional.<Row>empty();
        drop(left);
        execute(entry, index, statement, found.isEmpty() || isResumed);
      }
    } catch (SQLException e) {
      throw work.isLost() ? lost(statement, target, e) : errors.ofFence(e);
    }
    finish(entry, index, segment);
  }

  private void prepare(Statement statement, Execution settings) throws SQLException {
    boolean isConcurrent = statement.kind() == Statement.Kind.CONCURRENT_INDEX;
    var message = new ArrayList<>(tables.freshSession());
    message.add("SELECT " + AdvisoryKeys.of(tables).shareWorkerLock());
    message.addAll(SessionTimeouts.session(settings, isConcurrent));
    work.send(Sql.message(message));
  }

  private Optional<Row> find(Optional<ConcurrentIndex> index) throws SQLException {
    return index.isEmpty()
        ? Optional.empty()
        : work.send(index.get().select()).getFirst().stream().findFirst();
  }

  /** Whether the same was begun before, and what became of it can be seen. */
  private boolean begin(NewEntry entry, int index, Segment segment, boolean recoverable)
      throws SQLException, StepException {
    var begun = work.send(progress.begin(entry, index, segment.checksum(), recoverable));
    if (begun.getFirst().isEmpty()) {
      throw errors.anotherRun(new SQLException("no row", "02000"));
    }
    return begun.getFirst().getFirst().isTrue(0);
  }

  private void drop(Optional<Row> invalidIndex) throws SQLException {
    if (invalidIndex.isPresent()) {
      work.send("DROP INDEX CONCURRENTLY IF EXISTS " + invalidIndex.get().text(0));
    }
  }

  /**
   * Executes the statement.
   *
   * @param isOurs whether an index that it leaves behind cannot be anybody else's
   */
  private void execute(NewEntry entry, int index, Statement statement, boolean isOurs)
      throws SQLException, StepException {
    var target = ConcurrentIndex.of(statement);
    try {
      work.execute(statement);
    } catch (SQLException e) {
      if (work.isLost()) {
        throw e;
      }
      var failure = errors.of(statement, e);
      takeBack(entry, index, isOurs ? target : Optional.empty());
      throw failure;
    }
    var made = find(target);
    if (made.isPresent() && !made.get().isTrue(1)) {
      work.send(progress.takeBack(entry, index));
      throw errors.invalidIndex(statement, made.get().text(0));
    }
  }

  /** A run that was told to stop leaves the clearing up to the next one. */
  private void takeBack(NewEntry entry, int index, Optional<ConcurrentIndex> ours)
      throws SQLException {
    var left = find(ours);
    if (left.isEmpty() || !work.isCancelled()) {
      drop(left);
      work.send(progress.takeBack(entry, index));
    }
  }

  /** The statement certainly was executed: this may be said again on a new connection. */
  private void finish(NewEntry entry, int index, Segment segment) throws StepException {
    var message = new ArrayList<>(HistoryTables.ownRole());
    message.add(progress.finish(entry, index, segment.checksum()));
    try {
      work.send(Sql.message(message));
    } catch (SQLException e) {
      if (!work.isLost()) {
        throw errors.of(e);
      }
      finishAgain(entry, index, segment, e);
    }
  }

  private void finishAgain(NewEntry entry, int index, Segment segment, SQLException e)
      throws StepException {
    try {
      var keys = AdvisoryKeys.of(tables);
      if (new CommitInDoubt(work, keys).resolve(progress.proof(entry, index)).isEmpty()) {
        work.send(progress.finish(entry, index, segment.checksum()));
      }
    } catch (TargetException | SQLException unknown) {
      e.addSuppressed(unknown);
      throw errors.inDoubt(segment.statements().getFirst(), e);
    }
  }

  private StepException lost(Statement statement, Optional<ConcurrentIndex> index, SQLException e) {
    return index.isPresent() ? errors.of(statement, e) : errors.inDoubt(statement, e);
  }
}
