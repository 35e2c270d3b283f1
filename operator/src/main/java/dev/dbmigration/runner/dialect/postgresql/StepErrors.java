package dev.dbmigration.runner.dialect.postgresql;

import dev.dbmigration.model.Failure;
import dev.dbmigration.model.Reason;
import dev.dbmigration.runner.dialect.StepException;
import dev.dbmigration.runner.dialect.postgresql.connection.Remedies;
import dev.dbmigration.runner.dialect.postgresql.connection.Row;
import dev.dbmigration.runner.dialect.postgresql.connection.ServerErrors;
import dev.dbmigration.runner.dialect.postgresql.connection.WorkConnection;
import dev.dbmigration.sql.Statement;
import java.sql.SQLException;
import java.util.List;

/**
 * Failures of steps, told by what went wrong and by the state of the connection.
 *
 * @param work on which it went wrong
 * @param errors for the server's words
 */
record StepErrors(WorkConnection work, ServerErrors errors) {

  /** What a server in recovery answers to a transaction that wants to write. */
  private static final String IN_RECOVERY = "0A000";

  private static final String OUTSIDE =
      "Correct the statement, and look in the database whether it left something behind: it ran"
          + " outside a transaction.";

  StepException of(Statement statement, SQLException e) {
    return work.isLost()
        ? new StepException(lost(e).at(statement.start()), e)
        : new StepException(errors.of(statement, e, reason(e)), e);
  }

  /** Of a statement outside a transaction, of which nothing need be rolled back. */
  StepException outside(Statement statement, SQLException e) {
    var told = of(statement, e);
    return told.failure().reason() == Reason.MIGRATION_FAILED
        ? new StepException(told.failure().withRemedy(OUTSIDE), e)
        : told;
  }

  StepException of(SQLException e) {
    return new StepException(work.isLost() ? lost(e) : errors.of(e, reason(e)), e);
  }

  /** Our own statements before a step failed: a duplicate key there means another run. */
  StepException ofFence(SQLException e) {
    return switch (ServerErrors.state(e)) {
      case "23505" -> anotherRun(e);
      case IN_RECOVERY -> new StepException(errors.of(e, Reason.TARGET_READ_ONLY), e);
      default -> of(e);
    };
  }

  /** The connection was lost, and the server says on a new one that nothing remains. */
  StepException notCommitted(SQLException e) {
    return new StepException(lost(e), e);
  }

  private Failure lost(SQLException e) {
    return errors.during("The connection was lost", e, true);
  }

  /** What a statement says about log-ins and connections is about others than ours. */
  private Reason reason(SQLException e) {
    var state = ServerErrors.state(e);
    if (ServerErrors.isInTrouble(state)) {
      return Reason.TARGET_UNREACHABLE;
    }
    var reason = ServerErrors.reason(state);
    return switch (reason) {
      case STATEMENT_TIMEOUT -> work.isCancelled() ? Reason.INTERRUPTED : reason;
      case CONNECTION_LOST, LOGIN_REFUSED, DATABASE_NOT_FOUND, TARGET_UNREACHABLE ->
          Reason.MIGRATION_FAILED;
      default -> reason;
    };
  }

  /** One of our own statements returned no row. */
  StepException anotherRun() {
    return anotherRun(new SQLException("no row", "02000"));
  }

  private static StepException anotherRun(SQLException e) {
    return new StepException(
        Failure.of(
            Reason.LOCK_NOT_OBTAINED,
            "Another run was faster: it has changed the history at the same place. Nothing was"
                + " executed.",
            "Nothing needs to be done; the next attempt reads the history anew."),
        e);
  }

  /** As {@link #anotherRun()}, noticed too late. */
  StepException overtaken(Statement statement) {
    return new StepException(
        Failure.of(
                Reason.LOCK_NOT_OBTAINED,
                "Another run has changed the history at the same place while the statement was"
                    + " executed.",
                "Nothing needs to be done; the next attempt reads the history anew.")
            .at(statement.start()),
        new IllegalStateException("the row has changed"));
  }

  void stopIfCancelled() throws StepException {
    if (work.isCancelled()) {
      throw new StepException(
          Failure.of(
              Reason.INTERRUPTED,
              "The run was told to stop; what was not committed is rolled back.",
              Remedies.of(Reason.INTERRUPTED)),
          new InterruptedException("cancelled"));
    }
  }

  /** The text was read as free of transaction control, and yet the transaction is over. */
  StepException ended(Statement statement) {
    return new StepException(
        Failure.of(
                Reason.PARTIALLY_APPLIED,
                "The statement ended the transaction of its migration: what was executed before it"
                    + " is committed or rolled back, and the history does not say so.",
                "Look at the database, bring it to the state before the migration by hand,"
                    + " and take the transaction control out of the file.")
            .at(statement.start()),
        new IllegalStateException("transaction ended by a statement"));
  }

  /** Rolled back: the server would take the following statements for others than were read. */
  StepException readsOtherwise(Statement statement) {
    return new StepException(
        Failure.of(
                Reason.MIGRATION_FAILED,
                "The statement set standard_conforming_strings to off or client_encoding to"
                    + " something else than UTF8, so that the server would read the rest of the"
                    + " file otherwise than it is written; everything was rolled back.",
                "Take the setting out of the file, and write the file in UTF-8.")
            .at(statement.start()),
        new IllegalStateException("strings are read otherwise"));
  }

  /** Rolled back: a migration must leave the history of itself and of others alone. */
  StepException historyChanged() {
    return new StepException(
        Failure.of(
            Reason.MIGRATION_FAILED,
            "The script removed the history entry of its own migration, or earlier ones;"
                + " everything was rolled back.",
            "Take the statements that change "
                + HistoryTables.HISTORY
                + " or "
                + HistoryTables.PROGRESS
                + " out of the file."),
        new IllegalStateException("history changed by a statement"));
  }

  /** It is in the history or not at all, and the next run sees which. */
  StepException commitUnknown(SQLException e) {
    return new StepException(
        Failure.of(
            Reason.CONNECTION_LOST,
            "The connection to "
                + errors.target()
                + " broke during the commit and did not come back: the migration is applied and in"
                + " the history, or neither.",
            "Check whether the server was restarted or the network failed; the next run reads the"
                + " history and goes on from there."),
        e);
  }

  StepException inDoubt(Statement statement, SQLException e) {
    return new StepException(
        Failure.of(
                Reason.IN_DOUBT,
                "The connection to "
                    + errors.target()
                    + " broke while a statement ran outside a transaction.",
                "Look in the database whether the statement took effect.")
            .at(statement.start()),
        e);
  }

  /** The statement took effect, and the next run will not know. */
  StepException notRecorded(Statement statement, String why, Exception e) {
    return new StepException(
        Failure.of(
                Reason.IN_DOUBT,
                "The statement was executed, but its end could not be recorded: " + why,
                "Remove the obstacle; then change the statement in the file so that it may run"
                    + " again.")
            .at(statement.start()),
        e);
  }

  /**
   * The statement failed and left something behind.
   *
   * @param rows of {@link Leftovers#select}
   */
  StepException leaving(StepException told, Leftovers leftovers, List<Row> rows) {
    var failure = told.failure();
    var left = String.join(", ", rows.stream().map(row -> row.text(0)).toList());
    var statements = String.join("; ", rows.stream().map(row -> row.text(1)).toList());
    return new StepException(
        new Failure(
            failure.reason() == Reason.MIGRATION_FAILED
                ? Reason.PARTIALLY_APPLIED
                : failure.reason(),
            failure.message() + ". Left behind: " + errors.masking().apply(left) + ".",
            leftovers.remedy(errors.masking().apply(statements), failure.remedy()),
            failure.migration(),
            failure.file(),
            failure.position(),
            failure.code()),
        told);
  }

  StepException invalidIndex(Statement statement, String index) {
    return new StepException(
        Failure.of(
                Reason.MIGRATION_FAILED,
                errors.masking().apply("The index " + index + " is there, but invalid."),
                errors.masking().apply("DROP INDEX CONCURRENTLY " + index)
                    + " in the database, then let the migration run again: IF NOT EXISTS passes"
                    + " over an invalid index.")
            .at(statement.start()),
        new IllegalStateException("invalid index"));
  }
}
