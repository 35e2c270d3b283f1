package dev.dbmigration.runner.dialect.postgresql;

import dev.dbmigration.model.Execution;
import dev.dbmigration.runner.dialect.StepException;
import dev.dbmigration.runner.dialect.TargetException;
import dev.dbmigration.runner.dialect.postgresql.connection.Row;
import dev.dbmigration.runner.dialect.postgresql.connection.Sql;
import dev.dbmigration.runner.dialect.postgresql.connection.WorkConnection;
import dev.dbmigration.sql.Statement;
import dev.dbmigration.sql.Statement.Kind;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** One transaction: our fence, the statements of a migration, our record of their end. */
final class StepTransaction {

  /** Explicit, because a script can have changed the defaults. */
  private static final String BEGIN =
      "BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE NOT DEFERRABLE";

  private final WorkConnection work;
  private final HistoryTables tables;
  private final StepErrors errors;
  private final AdvisoryKeys keys;
  private final Duration patience;

  /**
   * Transactions on one connection.
   *
   * @param patience how long to look for what became of a commit whose answer was lost
   */
  StepTransaction(WorkConnection work, HistoryTables tables, StepErrors errors, Duration patience) {
    this.work = work;
    this.tables = tables;
    this.errors = errors;
    this.patience = patience;
    keys = AdvisoryKeys.of(tables);
  }

  /**
   * What a transaction does.
   *
   * @param fence our statements before; the last one fails or returns no row if another run was
   *     faster
   * @param statements of the migration; may be none
   * @param end our statements after; the last one returns a row, or none if the statements of the
   *     migration took something out of our tables: then nothing is committed
   * @param proof a query that gives the same row once the transaction is committed, and none
   *     otherwise
   */
  record Change(List<String> fence, List<Statement> statements, List<String> end, String proof) {}

  /**
   * Carries a change out; when this throws, nothing of it remains, unless the outcome is unknown.
   *
   * @return the row of its end
   */
  Row run(Change change, Execution settings) throws StepException {
    try {
      begin(change, settings);
      for (var statement : change.statements()) {
        if (statement.kind() != Kind.TRANSACTION_SETTING) {
          execute(statement);
        }
      }
      return commit(change, settings);
    } finally {
      work.rollback();
    }
  }

  /** One message, unless the migration sets up its transaction. */
  private void begin(Change change, Execution settings) throws StepException {
    errors.stopIfCancelled();
    var message = new ArrayList<>(List.of(BEGIN));
    var first = change.statements().stream().filter(s -> s.kind() == Kind.TRANSACTION_SETTING);
    try {
      for (var statement : first.toList()) {
        if (!message.isEmpty()) {
          work.send(BEGIN);
          message.clear();
        }
        execute(statement);
      }
      message.addAll(tables.freshSession());
      message.add("SELECT " + keys.shareWorkerLock());
      message.addAll(SessionTimeouts.local(settings));
      message.addAll(change.fence());
      if (work.send(Sql.message(message)).getLast().isEmpty()) {
        throw errors.anotherRun();
      }
    } catch (SQLException e) {
      throw errors.ofFence(e);
    }
  }

  private void execute(Statement statement) throws StepException {
    errors.stopIfCancelled();
    try {
      work.execute(statement);
    } catch (SQLException e) {
      throw errors.of(statement, e);
    }
    if (!work.isInTransaction()) {
      throw errors.ended(statement);
    }
    if (!work.isReadAsWritten()) {
      throw errors.readsOtherwise(statement);
    }
  }

  private Row commit(Change change, Execution settings) throws StepException {
    errors.stopIfCancelled();
    var message = new ArrayList<>(SessionTimeouts.local(settings));
    message.addAll(HistoryTables.ownRole());
    message.addAll(change.end());
    try {
      var end = work.send(Sql.message(message)).getLast().stream().findFirst();
      var row = end.orElseThrow(errors::historyChanged);
      work.send("COMMIT");
      return row;
    } catch (SQLException e) {
      if (!work.isLost()) {
        throw errors.of(e);
      }
      return committed(change, e);
    }
  }

  private Row committed(Change change, SQLException e) throws StepException {
    try {
      var row = new CommitInDoubt(work, keys, patience).resolve(change.proof());
      return row.orElseThrow(() -> errors.notCommitted(e));
    } catch (TargetException unknown) {
      e.addSuppressed(unknown);
      throw errors.commitUnknown(e).withUnknownOutcome();
    }
  }
}
