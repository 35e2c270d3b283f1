package dev.dbmigration.runner.dialect.postgresql;

import dev.dbmigration.model.Execution;
import dev.dbmigration.model.Failure;
import dev.dbmigration.model.Reason;
import dev.dbmigration.runner.dialect.StepException;
import dev.dbmigration.sql.Statement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** One transaction: our fence, the statements of a migration, our record of their end. */
final class StepTransaction {

  private static final String BEGIN =
      "BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE NOT DEFERRABLE";

  private final WorkConnection work;
  private final HistoryTables tables;
  private final ServerErrors errors;
  private final AdvisoryKeys keys;

  StepTransaction(WorkConnection work, HistoryTables tables, ServerErrors errors) {
    this.work = work;
    this.tables = tables;
    this.errors = errors;
    keys = AdvisoryKeys.of(tables);
  }

  /**
   * What a transaction does.
   *
   * @param fence our statements before, which fail if another run was faster
   * @param statements of the migration; may be none
   * @param end our statements after, the last of which returns one row
   * @param proof a query that gives the same row once the transaction is committed, and none
   *     otherwise
   */
  record Change(List<String> fence, List<Statement> statements, List<String> end, String proof) {}

  /**
   * Carries a change out; when this throws, nothing of it remains.
   *
   * @return the row of its end
   */
  Row run(Change change, Execution settings) throws StepException {
    try {
      begin(change, settings);
      for (var statement : change.statements()) {
        if (statement.kind() != Statement.Kind.TRANSACTION_SETTING) {
          execute(statement, settings);
        }
      }
      return commit(change);
    } finally {
      work.rollback();
    }
  }

  private void begin(Change change, Execution settings) throws StepException {
    stopIfCancelled();
    var message = new ArrayList<String>();
    try {
      message.add(BEGIN);
      var first =
          change.statements().stream()
              .filter(statement -> statement.kind() == Statement.Kind.TRANSACTION_SETTING)
              .toList();
      if (!first.isEmpty()) {
        work.send(Sql.message(message));
        message.clear();
        for (var statement : first) {
          execute(statement, settings);
        }
      }
      message.addAll(tables.freshSession());
      message.add("SELECT " + keys.shareWorkerLock());
      message.add("SET LOCAL lock_timeout = " + millis(settings.lockTimeout()));
      message.add("SET LOCAL statement_timeout = " + millis(settings.statementTimeout()));
      message.addAll(change.fence());
      work.send(Sql.message(message));
    } catch (SQLException e) {
      throw fenced(e);
    }
  }

  private StepException fenced(SQLException e) {
    if (ServerErrors.state(e).equals("23505")) {
      return new StepException(
          Failure.of(
              Reason.LOCK_NOT_OBTAINED,
              "Another run was faster: it has written the same entry of the history. Nothing was"
                  + " executed.",
              "Nothing needs to be done; the next attempt reads the history anew."),
          e);
    }
    var reason =
        work.isLost() ? Reason.CONNECTION_LOST : ServerErrors.reason(ServerErrors.state(e));
    return new StepException(errors.of(e, reason), e);
  }

  private void execute(Statement statement, Execution settings) throws StepException {
    stopIfCancelled();
    try {
      work.execute(statement);
    } catch (SQLException e) {
      throw new StepException(errors.of(statement, e, reason(e, settings)), e);
    }
    if (!work.isInTransaction()) {
      throw ended(statement);
    }
  }

  private Row commit(Change change) throws StepException {
    stopIfCancelled();
    var message = new ArrayList<>(HistoryTables.ownRole());
    message.addAll(change.end());
    message.add("COMMIT");
    try {
      return work.send(Sql.message(message)).getLast().getFirst();
    } catch (SQLException e) {
      throw new StepException(errors.of(e, reason(e, Execution.DEFAULT)), e);
    }
  }

  private Reason reason(SQLException e, Execution settings) {
    if (work.isLost()) {
      return Reason.CONNECTION_LOST;
    }
    var reason = ServerErrors.reason(ServerErrors.state(e));
    return switch (reason) {
      case STATEMENT_TIMEOUT ->
          work.isCancelled() || settings.statementTimeout().isZero() ? Reason.INTERRUPTED : reason;
      case CONNECTION_LOST, LOGIN_REFUSED, DATABASE_NOT_FOUND, TARGET_UNREACHABLE ->
          Reason.MIGRATION_FAILED;
      default -> reason;
    };
  }

  private void stopIfCancelled() throws StepException {
    if (work.isCancelled()) {
      throw new StepException(
          Failure.of(
              Reason.INTERRUPTED,
              "The run was told to stop; the migration was rolled back.",
              Remedies.of(Reason.INTERRUPTED)),
          new InterruptedException("cancelled"));
    }
  }

  /** The text was read as free of transaction control, and yet the transaction is over. */
  private StepException ended(Statement statement) {
    return new StepException(
        Failure.of(
                Reason.PARTIALLY_APPLIED,
                "The statement ended the transaction of its migration: what was executed before it"
                    + " is committed or rolled back, and the history does not say so.",
                "Look at the database, bring it to the state before or after the migration by hand,"
                    + " and take the transaction control out of the file.")
            .at(statement.start()),
        new IllegalStateException("transaction ended by a statement"));
  }

  private static long millis(Duration duration) {
    return Math.min(duration.toMillis(), Integer.MAX_VALUE);
  }
}
