package dev.dbmigration.runner.dialect.postgresql;

import static dev.dbmigration.runner.dialect.Steps.apply;
import static dev.dbmigration.runner.dialect.Steps.first;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.dbmigration.model.Reason;
import dev.dbmigration.runner.dialect.TargetException;
import dev.dbmigration.runner.dialect.postgresql.Server.Database;
import org.junit.jupiter.api.Test;

/** Our own statements, when somebody has locked the tables of the history. */
class PostgresLocksIT {

  private final Database database;

  PostgresLocksIT() throws Exception {
    database = Server.newDatabase();
  }

  @Test
  void doesNotWaitForEverForALockAndSaysWhoHasIt() throws Exception {
    try (var session = database.open();
        var other = database.connect();
        var statement = other.createStatement()) {
      session.history().create();
      other.setAutoCommit(false);
      statement.execute("SET application_name = 'nightly rewrite'");
      statement.execute("LOCK TABLE dbmigration_progress");

      var failure = catchThrowableOfType(TargetException.class, session.history()::read).failure();

      assertThat(failure.reason()).isEqualTo(Reason.LOCK_TIMEOUT);
      assertThat(failure.message())
          .startsWith("The history could not be read on " + session.facts().target())
          .contains("canceling statement due to lock timeout. A lock on \"public\"")
          .containsPattern("is held by nightly rewrite \\(process [0-9]+\\)\\.$");
      assertThat(failure.remedy()).contains("pg_terminate_backend", "VACUUM FULL");
      assertThat(failure.code()).contains("55P03");
    }
  }

  @Test
  void doesNotWaitForEverToBeCreated() throws Exception {
    try (var session = database.open();
        var other = database.connect();
        var statement = other.createStatement()) {
      other.setAutoCommit(false);
      statement.execute("CREATE TABLE dbmigration_history ()");

      var failure =
          catchThrowableOfType(TargetException.class, () -> session.history().create()).failure();

      assertThat(failure.reason()).isEqualTo(Reason.LOCK_TIMEOUT);
      assertThat(failure.message())
          .startsWith("The history table could not be created on ")
          .endsWith("is held by a session that could not be found out.");
      other.rollback();
      session.history().create();
    }
  }

  /** How long our own statements may take is nothing that a script can see. */
  @Test
  void leavesTheTimeoutsOfTheRoleToScripts() throws Exception {
    try (var session = database.open()) {
      session.history().create();
      session.history().read();

      apply(
          session,
          first(),
          "CREATE TABLE seen AS SELECT current_setting('lock_timeout') AS now",
          "RESET lock_timeout",
          "INSERT INTO seen SELECT current_setting('lock_timeout')");
    }

    assertThat(database.query("SELECT string_agg(now, ' ' ORDER BY now DESC) FROM seen"))
        .isEqualTo("5s 0");
  }
}
