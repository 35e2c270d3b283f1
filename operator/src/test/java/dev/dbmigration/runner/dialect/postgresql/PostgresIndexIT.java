package dev.dbmigration.runner.dialect.postgresql;

import static dev.dbmigration.runner.dialect.Steps.concurrently;
import static dev.dbmigration.runner.dialect.Steps.failureOf;
import static dev.dbmigration.runner.dialect.Steps.first;
import static dev.dbmigration.runner.dialect.Steps.single;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.dbmigration.model.Execution;
import dev.dbmigration.model.Reason;
import dev.dbmigration.runner.dialect.Session;
import dev.dbmigration.runner.dialect.postgresql.Server.Database;
import dev.dbmigration.sql.Script.Segment;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Statements outside a transaction, and indexes built beside the application. */
class PostgresIndexIT {

  private static final Segment INDEX = concurrently("CREATE INDEX CONCURRENTLY idx ON t (id)");
  private static final Segment UNIQUE =
      concurrently("CREATE UNIQUE INDEX CONCURRENTLY idx ON t (id)");

  private final Database database;

  PostgresIndexIT() throws Exception {
    database = Server.newDatabase();
  }

  @BeforeEach
  void begin() throws Exception {
    database.execute("CREATE TABLE t (id int)");
    try (var session = database.open()) {
      session.history().create();
      session.execution().begin(first());
    }
  }

  @Test
  void buildsAnIndexBesideTheApplication() throws Exception {
    try (var session = database.open()) {
      assertThat(session.lock().tryAcquire()).isTrue();

      session.execution().run(first(), 0, INDEX, Execution.DEFAULT);

      assertThat(index()).isEqualTo("t");
      assertThat(session.history().read().unfinished().orElseThrow().finished())
          .containsExactly(INDEX.checksum());
    }
  }

  @Test
  void waitsForOthersLongerThanTheLockTimeout() throws Exception {
    var hurried =
        new Execution(Duration.ofMillis(1), Duration.ZERO, 0, Duration.ZERO, Duration.ZERO);
    try (var session = database.open();
        var other = inTransaction()) {
      var building = CompletableFuture.runAsync(() -> run(session, INDEX, hurried));
      awaitWaiting();

      other.commit();
      building.get(60, TimeUnit.SECONDS);

      assertThat(index()).isEqualTo("t");
    }
  }

  @Test
  void leavesNoInvalidIndexBehindAnError() throws Exception {
    database.execute("INSERT INTO t VALUES (1), (1)");
    try (var session = database.open()) {
      var failure = failureOf(() -> session.execution().run(first(), 0, UNIQUE, Execution.DEFAULT));

      assertThat(failure.reason()).isEqualTo(Reason.MIGRATION_FAILED);
      assertThat(failure.message()).isEqualTo("could not create unique index \"idx\"");
      assertThat(index()).isEqualTo("no row");
      assertThat(session.history().read().unfinished().orElseThrow().inDoubt()).isEmpty();
    }
  }

  @Test
  void doesNotTouchAnInvalidIndexOfOthersAndDoesNotPassOverIt() throws Exception {
    makeInvalidIndex();
    var ifAbsent = concurrently("CREATE INDEX CONCURRENTLY IF NOT EXISTS idx ON t (id)");
    try (var session = database.open()) {
      var failure =
          failureOf(() -> session.execution().run(first(), 0, ifAbsent, Execution.DEFAULT));

      assertThat(failure.message()).isEqualTo("The index public.idx is there, but invalid.");
      assertThat(failure.remedy()).contains("DROP INDEX CONCURRENTLY public.idx");
      assertThat(index()).isEqualTo("f");
    }
  }

  @Test
  void recoversAnIndexWhoseRunWasKilled() throws Exception {
    breakOffWhileBuilding();
    assertThat(index()).isEqualTo("f");

    try (var session = database.open()) {
      assertThat(session.lock().tryAcquire()).isTrue();
      assertThat(session.history().read().unfinished().orElseThrow().inDoubt()).isEmpty();
      session.execution().run(first(), 0, INDEX, Execution.DEFAULT);

      assertThat(index()).isEqualTo("t");
    }
  }

  @Test
  void takesAnIndexThatWasFinishedMeanwhileForDone() throws Exception {
    breakOffWhileBuilding();
    database.execute("REINDEX INDEX idx");
    var oid = database.query("SELECT 'idx'::regclass::oid");

    try (var session = database.open()) {
      session.execution().run(first(), 0, INDEX, Execution.DEFAULT);

      assertThat(database.query("SELECT 'idx'::regclass::oid")).isEqualTo(oid);
      assertThat(session.history().read().unfinished().orElseThrow().finished()).hasSize(1);
    }
  }

  @Test
  void saysThatAStatementIsInDoubtWhoseConnectionWasLost() throws Exception {
    var vacuum = single("SELECT pg_sleep(600)");
    try (var session = database.open()) {
      var running =
          CompletableFuture.supplyAsync(() ->
              failureOf(() -> session.execution().run(first(), 0, vacuum, Execution.DEFAULT)));
      kill("wait_event = 'PgSleep'");

      assertThat(running.get(60, TimeUnit.SECONDS).reason()).isEqualTo(Reason.IN_DOUBT);
    }
    try (var session = database.open()) {
      assertThat(session.history().read().unfinished().orElseThrow().inDoubt())
          .isEqualTo(Optional.of(vacuum.checksum()));
    }
  }

  private void breakOffWhileBuilding() throws Exception {
    try (var session = database.open();
        var _ = inTransaction()) {
      var building =
          CompletableFuture.supplyAsync(
              () -> failureOf(() -> session.execution().run(first(), 0, INDEX, Execution.DEFAULT)));
      awaitWaiting();
      kill("query LIKE 'CREATE INDEX%'");
      assertThat(building.get(60, TimeUnit.SECONDS).reason()).isEqualTo(Reason.CONNECTION_LOST);
    }
  }

  private void makeInvalidIndex() throws SQLException {
    database.execute("CREATE INDEX idx ON t (id)");
    database.execute("UPDATE pg_index SET indisvalid = false WHERE indexrelid = 'idx'::regclass");
  }

  private Connection inTransaction() throws SQLException {
    var connection = database.connect();
    connection.setAutoCommit(false);
    try (var statement = connection.createStatement()) {
      statement.execute("INSERT INTO t VALUES (0)");
    }
    return connection;
  }

  private void awaitWaiting() {
    await()
        .atMost(Duration.ofSeconds(60))
        .until(
            () ->
                database.query(
                    "SELECT count(*) FROM pg_stat_activity WHERE query LIKE 'CREATE INDEX%' AND"
                        + " wait_event_type = 'Lock' AND datname = current_database()"),
            "1"::equals);
  }

  private void kill(String condition) {
    await()
        .atMost(Duration.ofSeconds(60))
        .until(
            () ->
                database.query(
                    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname ="
                        + " current_database() AND pid <> pg_backend_pid() AND "
                        + condition),
            "t"::equals);
  }

  private static void run(Session session, Segment segment, Execution settings) {
    try {
      session.execution().run(first(), 0, segment, settings);
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private String index() throws SQLException {
    return database.query("SELECT indisvalid FROM pg_index WHERE indexrelid = to_regclass('idx')");
  }
}
