package dev.dbmigration.runner.dialect.postgresql;

import static dev.dbmigration.runner.dialect.Steps.apply;
import static dev.dbmigration.runner.dialect.Steps.failureOf;
import static dev.dbmigration.runner.dialect.Steps.first;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.dbmigration.model.Reason;
import dev.dbmigration.runner.dialect.Session;
import dev.dbmigration.runner.dialect.postgresql.Server.Database;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Statements that the server cancels, though nobody told the run to stop. */
class PostgresTimeoutIT {

  private static final String SLEEPERS =
      " FROM pg_stat_activity WHERE wait_event = 'PgSleep' AND datname = current_database()";

  private final Database database;
  private Session session;

  PostgresTimeoutIT() throws Exception {
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

  @Test
  void isOverATimeoutThatTheFileSetsItself() {
    var failure =
        failureOf(() ->
            apply(session, first(), "SET LOCAL statement_timeout = '1s'", "SELECT pg_sleep(600)"));

    assertThat(failure.reason()).isEqualTo(Reason.STATEMENT_TIMEOUT);
    assertThat(failure.message()).isEqualTo("canceling statement due to statement timeout");
    assertThat(failure.remedy())
        .isEqualTo(
            "Make the statement faster or split it, or raise the limit:"
                + " spec.execution.statementTimeout, or the statement_timeout that the file sets"
                + " itself. If somebody cancelled it in the database (pg_cancel_backend), change"
                + " spec.source.revision to try it again.");
  }

  @Test
  void saysThatSomebodyCancelledAStatementInTheDatabase() throws Exception {
    var running =
        CompletableFuture.supplyAsync(
            () -> failureOf(() -> apply(session, first(), "SELECT pg_sleep(600)")));
    await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> database.query("SELECT count(*)" + SLEEPERS), "1"::equals);

    database.query("SELECT pg_cancel_backend(pid)" + SLEEPERS);

    var failure = running.get(60, TimeUnit.SECONDS);
    assertThat(failure.reason()).isEqualTo(Reason.STATEMENT_TIMEOUT);
    assertThat(failure.message()).isEqualTo("canceling statement due to user request");
    assertThat(failure.remedy()).contains("pg_cancel_backend");
  }
}
