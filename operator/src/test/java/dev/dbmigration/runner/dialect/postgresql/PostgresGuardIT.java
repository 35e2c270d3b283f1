package dev.dbmigration.runner.dialect.postgresql;

import static dev.dbmigration.runner.dialect.Steps.apply;
import static dev.dbmigration.runner.dialect.Steps.entry;
import static dev.dbmigration.runner.dialect.Steps.failureOf;
import static dev.dbmigration.runner.dialect.Steps.first;
import static dev.dbmigration.runner.dialect.Steps.part;
import static org.assertj.core.api.Assertions.assertThat;

import dev.dbmigration.model.Execution;
import dev.dbmigration.model.Reason;
import dev.dbmigration.model.SourcePosition;
import dev.dbmigration.runner.dialect.Session;
import dev.dbmigration.runner.dialect.postgresql.Server.Database;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Scripts, and settings of roles, that reach for what the runner depends on. */
class PostgresGuardIT {

  private final Database database;
  private Session session;

  PostgresGuardIT() throws Exception {
    database = Server.newDatabase();
  }

  @BeforeEach
  void open() throws Exception {
    session = database.open();
    session.history().create();
  }

  @AfterEach
  void close() {
    session.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "DELETE FROM dbmigration_history WHERE sequence = 2",
        "DELETE FROM dbmigration_history WHERE sequence = 1",
        "UPDATE dbmigration_history SET hash = 'other' WHERE sequence = 2",
        "TRUNCATE dbmigration_history"
      })
  void rollsBackWhenAScriptReachesForTheHistory(String statement) throws Exception {
    var applied = apply(session, first(), "CREATE TABLE a (id int)");
    var second = entry(2, Optional.of(applied.hash()), "2");

    var failure = failureOf(() -> apply(session, second, "CREATE TABLE b (id int)", statement));

    assertThat(failure.reason()).isEqualTo(Reason.MIGRATION_FAILED);
    assertThat(failure.message())
        .contains("removed the history entry of its own migration", "everything was rolled back");
    assertThat(failure.remedy()).contains("dbmigration_history");
    assertThat(session.history().read().entries()).containsExactly(applied);
    assertThat(database.query("SELECT to_regclass('b') IS NULL")).isEqualTo("t");
  }

  @ParameterizedTest
  @ValueSource(strings = {"TRUNCATE dbmigration_history", "DELETE FROM dbmigration_progress"})
  void rollsBackAPartThatReachesForTheHistory(String statement) throws Exception {
    session.execution().begin(first());

    var failure =
        failureOf(() ->
            session
                .execution()
                .run(first(), 0, part("CREATE TABLE b (id int)", statement), Execution.DEFAULT));

    assertThat(failure.message()).contains("everything was rolled back");
    assertThat(session.history().read().unfinished().orElseThrow().finished()).isEmpty();
    assertThat(database.query("SELECT to_regclass('b') IS NULL")).isEqualTo("t");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT set_config('standard_conforming_strings', 'off', false)",
        "SELECT set_config('standard_conforming_strings', 'off', true)",
        "SET client_encoding = 'LATIN1'"
      })
  void rollsBackWhenTheServerWouldReadTheRestOtherwise(String statement) throws Exception {
    var failure =
        failureOf(() -> apply(session, first(), "CREATE TABLE b (id int)", statement, "SELECT 1"));

    assertThat(failure.reason()).isEqualTo(Reason.MIGRATION_FAILED);
    assertThat(failure.message())
        .contains("standard_conforming_strings", "client_encoding", "everything was rolled back");
    assertThat(failure.position()).contains(new SourcePosition("V1__a.sql", 2, 1));
    assertThat(session.history().read().entries()).isEmpty();
    assertThat(database.query("SELECT to_regclass('b') IS NULL")).isEqualTo("t");
    apply(session, first(), "SET client_encoding = 'UTF8'", "SELECT 'a\\'");
  }

  @ParameterizedTest
  @ValueSource(strings = {"53000", "53200", "58030"})
  void doesNotBlameTheMigrationForAServerInTrouble(String state) {
    var raise =
        "DO $$ BEGIN RAISE EXCEPTION 'out of memory' USING ERRCODE = '" + state + "'; END $$";

    var failure = failureOf(() -> apply(session, first(), raise));

    assertThat(failure.reason()).isEqualTo(Reason.TARGET_UNREACHABLE);
    assertThat(failure.message()).isEqualTo("out of memory");
    assertThat(failure.remedy()).contains("memory");
  }

  @Test
  void keepsItsLockWhateverTheRoleSaysAboutIdleSessions() throws Exception {
    database.execute(
        "ALTER DATABASE %s SET idle_session_timeout = '2s'".formatted(database.name()));
    close();
    session = database.open();
    assertThat(session.lock().tryAcquire()).isTrue();

    apply(session, first(), "SELECT pg_sleep(4)");

    assertThat(session.lock().isHeld()).isTrue();
  }
}
