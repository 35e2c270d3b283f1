package dev.dbmigration.runner.dialect.postgresql;

import static dev.dbmigration.runner.dialect.Steps.concurrently;
import static dev.dbmigration.runner.dialect.Steps.failureOf;
import static dev.dbmigration.runner.dialect.Steps.first;
import static dev.dbmigration.runner.dialect.Steps.part;
import static dev.dbmigration.runner.dialect.Steps.single;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.dbmigration.model.Execution;
import dev.dbmigration.model.Failure;
import dev.dbmigration.model.Reason;
import dev.dbmigration.runner.dialect.Session;
import dev.dbmigration.runner.dialect.postgresql.Server.Database;
import dev.dbmigration.sql.Script.Segment;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What statements outside a transaction leave behind when they fail. */
class PostgresLeftoversIT {

  private static final Segment REINDEX = concurrently("REINDEX INDEX CONCURRENTLY idx");
  private static final String INVALID =
      "SELECT string_agg(indexrelid::regclass::text, ' ') FROM pg_index WHERE NOT indisvalid";

  private final Database database;
  private Session session;

  PostgresLeftoversIT() throws Exception {
    database = Server.newDatabase();
  }

  @BeforeEach
  void begin() throws Exception {
    database.execute("CREATE TABLE t (id int, word text)");
    database.execute("INSERT INTO t VALUES (1, 'one')");
    halve("SELECT $1 / 2");
    database.execute("CREATE INDEX idx ON t (half(id))");
    session = database.open();
    session.history().create();
    session.execution().begin(first());
  }

  @AfterEach
  void close() {
    session.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "REINDEX INDEX CONCURRENTLY public.idx",
        "-- of all\nreindex (verbose, concurrently) table t",
        "REINDEX TABLE CONCURRENTLY \"t\"",
        "REINDEX SCHEMA CONCURRENTLY public",
      })
  void dropsTheInvalidIndexesOfAReindexThatFails(String text) throws Exception {
    halve("SELECT $1 / 0");

    var failure = failure(concurrently(text), Duration.ZERO);

    assertThat(failure.reason()).isEqualTo(Reason.MIGRATION_FAILED);
    assertThat(failure.message()).isEqualTo("division by zero");
    assertThat(failure.remedy())
        .isEqualTo(
            "Correct the statement, and look in the database whether it left something behind: it"
                + " ran outside a transaction.");
    assertThat(database.query(INVALID)).isEqualTo("null");
    assertThat(session.history().read().unfinished().orElseThrow().inDoubt()).isEmpty();
  }

  @Test
  void dropsThoseOfPartitionsToo() throws Exception {
    database.execute("CREATE TABLE p (id int) PARTITION BY RANGE (id)");
    database.execute("CREATE TABLE p1 PARTITION OF p FOR VALUES FROM (0) TO (10)");
    database.execute("CREATE INDEX p_idx ON p (half(id))");
    database.execute("INSERT INTO p VALUES (1)");
    halve("SELECT $1 / 0");

    var failure = failure(concurrently("REINDEX INDEX CONCURRENTLY p_idx"), Duration.ZERO);

    assertThat(failure.message()).startsWith("division by zero");
    assertThat(database.query(INVALID)).isEqualTo("null");
  }

  @Test
  void namesTheInvalidIndexThatItCannotDrop() throws Exception {
    try (var _ = inTransaction("INSERT INTO t VALUES (2)")) {
      var failure = failure(REINDEX, Duration.ofSeconds(1));

      assertThat(failure.reason()).isEqualTo(Reason.STATEMENT_TIMEOUT);
      assertThat(failure.message())
          .isEqualTo(
              "canceling statement due to statement timeout. Left behind: the invalid index"
                  + " public.idx_ccnew.");
      assertThat(failure.remedy())
          .startsWith(
              "Execute DROP INDEX CONCURRENTLY IF EXISTS public.idx_ccnew in the database. Make the");
    }
    assertThat(database.query(INVALID)).isEqualTo("idx_ccnew");
  }

  @Test
  void leavesTheInvalidIndexOfAnotherReindexAloneAndNamesIt() throws Exception {
    database.execute("CREATE INDEX idx_ccnew ON t (word)");
    database.execute(
        "UPDATE pg_index SET indisvalid = false WHERE indexrelid = 'idx_ccnew'::regclass");
    halve("SELECT $1 / 0");

    var failure = failure(REINDEX, Duration.ZERO);

    assertThat(failure.reason()).isEqualTo(Reason.PARTIALLY_APPLIED);
    assertThat(failure.message())
        .isEqualTo("division by zero. Left behind: the invalid index public.idx_ccnew.");
    assertThat(database.query(INVALID)).isEqualTo("idx_ccnew");
  }

  @Test
  void dropsInTheNextRunWhatACancelledOneLeft() throws Exception {
    try (var _ = inTransaction("INSERT INTO t VALUES (2)")) {
      var running = CompletableFuture.supplyAsync(() -> failure(REINDEX, Duration.ZERO));
      awaitWaiting();
      session.cancel();
      assertThat(running.get(60, TimeUnit.SECONDS).reason()).isEqualTo(Reason.INTERRUPTED);
    }
    assertThat(database.query(INVALID)).isEqualTo("idx_ccnew");

    session.close();
    session = database.open();
    session.execution().run(first(), 0, REINDEX, Execution.DEFAULT);

    assertThat(database.query(INVALID)).isEqualTo("null");
  }

  @Test
  void executesAReindexAgainWhoseConnectionWasLost() throws Exception {
    try (var _ = inTransaction("INSERT INTO t VALUES (2)")) {
      var running = CompletableFuture.supplyAsync(() -> failure(REINDEX, Duration.ZERO));
      awaitWaiting();
      database.query("SELECT pg_terminate_backend(pid)" + WAITING);
      assertThat(running.get(60, TimeUnit.SECONDS).reason()).isEqualTo(Reason.CONNECTION_LOST);
    }

    session = database.open();
    session.execution().run(first(), 0, REINDEX, Execution.DEFAULT);

    assertThat(database.query(INVALID)).isEqualTo("null");
    assertThat(session.history().read().unfinished().orElseThrow().finished()).hasSize(1);
  }

  @Test
  void namesADetachmentThatIsPendingAndHowItIsFinished() throws Exception {
    database.execute("CREATE TABLE m (id int) PARTITION BY RANGE (id)");
    database.execute("CREATE TABLE m1 PARTITION OF m FOR VALUES FROM (0) TO (10)");
    var detach = concurrently("ALTER TABLE ONLY m DETACH PARTITION public.m1 CONCURRENTLY");
    Failure failure;
    try (var _ = inTransaction("SELECT FROM m")) {
      failure = failure(detach, Duration.ofSeconds(1));
    }

    assertThat(failure.message())
        .isEqualTo(
            "canceling statement due to statement timeout. Left behind: the pending detachment of"
                + " public.m1 from public.m.");
    assertThat(failure.remedy())
        .isEqualTo(
            "Write ALTER TABLE public.m DETACH PARTITION public.m1 FINALIZE in the file instead of"
                + " this statement.");
    var finish = part("ALTER TABLE public.m DETACH PARTITION public.m1 FINALIZE");
    session.execution().run(first(), 0, finish, Execution.DEFAULT);
    assertThat(database.query("SELECT count(*) FROM pg_inherits WHERE inhparent = 'm'::regclass"))
        .isEqualTo("0");
  }

  @Test
  void saysOfOtherStatementsThatTheyRanOutsideATransaction() {
    var failure = failure(single("VACUUM nowhere"), Duration.ZERO);

    assertThat(failure.message()).isEqualTo("relation \"nowhere\" does not exist");
    assertThat(failure.remedy()).endsWith("it ran outside a transaction.");
  }

  private void halve(String body) throws SQLException {
    database.execute(
        "CREATE OR REPLACE FUNCTION half(int) RETURNS int LANGUAGE sql IMMUTABLE STRICT AS '%s'"
            .formatted(body));
  }

  private Failure failure(Segment segment, Duration statementTimeout) {
    var settings =
        new Execution(Duration.ofSeconds(5), statementTimeout, 0, Duration.ZERO, Duration.ZERO);
    return failureOf(() -> session.execution().run(first(), 0, segment, settings));
  }

  private static final String WAITING =
      " FROM pg_stat_activity WHERE query LIKE 'REINDEX%' AND wait_event_type = 'Lock' AND datname"
          + " = current_database()";

  private void awaitWaiting() {
    await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> database.query("SELECT count(*)" + WAITING), "1"::equals);
  }

  private Connection inTransaction(String sql) throws SQLException {
    var connection = database.connect();
    connection.setAutoCommit(false);
    try (var statement = connection.createStatement()) {
      statement.execute(sql);
    }
    return connection;
  }
}
