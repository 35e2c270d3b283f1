package dev.dbmigration.runner.dialect.postgresql;

import static dev.dbmigration.runner.dialect.Steps.apply;
import static dev.dbmigration.runner.dialect.Steps.entry;
import static dev.dbmigration.runner.dialect.Steps.failureOf;
import static dev.dbmigration.runner.dialect.Steps.first;
import static dev.dbmigration.runner.dialect.Steps.part;
import static org.assertj.core.api.Assertions.assertThat;

import dev.dbmigration.model.Execution;
import dev.dbmigration.model.Reason;
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
}
