package dev.dbmigration.runner.dialect.postgresql;

import dev.dbmigration.model.Failure;
import dev.dbmigration.model.Reason;
import dev.dbmigration.runner.dialect.TargetException;
import dev.dbmigration.runner.dialect.postgresql.connection.Remedies;
import dev.dbmigration.runner.dialect.postgresql.connection.ServerErrors;
import dev.dbmigration.runner.dialect.postgresql.connection.Sql;
import dev.dbmigration.runner.dialect.postgresql.connection.WorkConnection;
import java.sql.SQLException;
import java.util.Optional;

/**
 * Failures of our own statements, which wait for others only as long as {@link SessionTimeouts#own}
 * says.
 *
 * @param tables that others can have locked
 * @param errors for what others call themselves
 */
record HistoryLocks(HistoryTables tables, ServerErrors errors) {

  private static final String REMEDY =
      "Wait for that session, or end it with pg_terminate_backend. Such locks come from LOCK TABLE,"
          + " VACUUM FULL, REASSIGN OWNED and the like, or from a transaction that was left open"
          + " after one of them; the run is tried again by itself.";

  /**
   * That something was not done.
   *
   * @param what a sentence without its end
   * @param work on which it failed, outside any transaction
   */
  TargetException failed(String what, SQLException e, WorkConnection work) {
    var failed = work.failed(what, e);
    var failure = failed.failure();
    return switch (failure.reason()) {
      case LOCK_TIMEOUT -> new TargetException(locked(failure, work), e);
      case STATEMENT_TIMEOUT -> new TargetException(tooSlow(failure), e);
      default -> failed;
    };
  }

  private Failure locked(Failure failure, WorkConnection work) {
    var message =
        "%s. A lock on %s or %s is held by %s."
            .formatted(
                failure.message(),
                tables.history(),
                tables.progress(),
                holders(work).orElse("a session that could not be found out"));
    return failure.withMessage(message).withRemedy(REMEDY);
  }

  /** No statement of a migration took too long, but one of ours, which are short. */
  private static Failure tooSlow(Failure failure) {
    return new Failure(
        Reason.TARGET_UNREACHABLE,
        failure.message() + ".",
        Remedies.of(Reason.TARGET_UNREACHABLE),
        failure.migration(),
        failure.file(),
        failure.position(),
        failure.code());
  }

  private Optional<String> holders(WorkConnection work) {
    try {
      return work.send(selectHolders())
          .getFirst()
          .getFirst()
          .optional(0)
          .map(errors.masking()::apply);
    } catch (SQLException e) {
      return Optional.empty();
    }
  }

  /** Readers are not in the way of what we do. */
  private String selectHolders() {
    return "SELECT pg_catalog.string_agg(DISTINCT coalesce(nullif(application_name, ''), 'a"
        + " session') || ' (process ' || pid || ')', ', ') FROM pg_catalog.pg_locks JOIN"
        + " pg_catalog.pg_stat_activity USING (pid) WHERE granted AND mode <> 'AccessShareLock' AND"
        + " pid <> pg_backend_pid() AND locktype = 'relation' AND pg_locks.database = (SELECT oid"
        + " FROM pg_catalog.pg_database WHERE datname = pg_catalog.current_database()) AND relation"
        + " IN (pg_catalog.to_regclass("
        + Sql.literal(tables.history())
        + "), pg_catalog.to_regclass("
        + Sql.literal(tables.progress())
        + "))";
  }
}
