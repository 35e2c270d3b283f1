package dev.dbmigration.runner.dialect.postgresql;

import static dev.dbmigration.runner.dialect.Steps.failureOf;
import static dev.dbmigration.runner.dialect.Steps.first;
import static dev.dbmigration.runner.dialect.Steps.single;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.dbmigration.model.Execution;
import dev.dbmigration.model.Failure;
import dev.dbmigration.model.Reason;
import dev.dbmigration.runner.dialect.History.Unfinished;
import dev.dbmigration.runner.dialect.Session;
import dev.dbmigration.runner.dialect.StepException;
import dev.dbmigration.runner.dialect.postgresql.Proxy.Loss;
import dev.dbmigration.runner.dialect.postgresql.Server.Database;
import dev.dbmigration.sql.Script.Segment;
import java.sql.Connection;
import java.time.Duration;
import java.util.HashSet;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A statement outside any transaction is executed once, whatever becomes of the notes about it. */
class PostgresSingleIT {

  private static final Segment COUNTED = single("INSERT INTO executed VALUES (1)");

  /** Waits, before it ends, for whoever holds the lock 7. */
  private static final Segment HELD_UP =
      single("INSERT INTO executed SELECT 1 FROM pg_advisory_lock(7)");

  private final Database database;
  private Session session;

  PostgresSingleIT() throws Exception {
    database = Server.newDatabase();
  }

  @BeforeEach
  void begin() throws Exception {
    database.execute("CREATE TABLE executed (id int)");
    session = database.open();
    session.history().create();
    session.execution().begin(first());
  }

  @AfterEach
  void close() {
    session.close();
  }

  @Test
  void notesTheEndAgainUntilALockLetsItWithoutExecutingTheStatementAgain() throws Exception {
    try (var statement = inTransaction("SELECT pg_advisory_xact_lock(7)");
        var note = database.connect()) {
      var running = CompletableFuture.supplyAsync(() -> outcome(HELD_UP));
      awaitOne("query LIKE 'INSERT INTO executed%' AND wait_event = 'advisory'");
      note.setAutoCommit(false);
      execute(note, "SELECT FROM dbmigration_progress FOR UPDATE");
      statement.commit();
      awaitTwoNotes();
      note.commit();

      assertThat(running.get(60, TimeUnit.SECONDS)).isEmpty();
    }
    assertThat(executed()).isEqualTo("1");
    assertThat(unfinished().finished()).containsExactly(HELD_UP.checksum());
  }

  @Test
  void isInDoubtWhenTheEndCannotBeNoted() throws Exception {
    database.execute(
        "CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
            + " RAISE EXCEPTION 'no notes'; END $$");
    database.execute(
        "CREATE TRIGGER refuse BEFORE UPDATE ON dbmigration_progress FOR EACH ROW"
            + " WHEN (OLD.finished <> NEW.finished) EXECUTE FUNCTION refuse()");

    var failure = outcome(COUNTED).orElseThrow();

    assertThat(failure.reason()).isEqualTo(Reason.IN_DOUBT);
    assertThat(failure.message())
        .isEqualTo("The statement was executed, but its end could not be recorded: no notes.");
    assertThat(failure.position().orElseThrow()).hasToString("V1__a.sql:1:1");
    assertThat(executed()).isEqualTo("1");
    assertThat(unfinished().inDoubt()).contains(COUNTED.checksum());
  }

  @Test
  void saysThatAnotherRunHasChangedTheHistoryMeanwhile() throws Exception {
    var meanwhile = single("UPDATE dbmigration_progress SET finished = '{x}', began = NULL");

    var failure = outcome(meanwhile).orElseThrow();

    assertThat(failure.reason()).isEqualTo(Reason.LOCK_NOT_OBTAINED);
    assertThat(failure.message())
        .isEqualTo(
            "Another run has changed the history at the same place while the statement was"
                + " executed.");
  }

  @Test
  void isNotInDoubtWhenTheConnectionWasLostBeforeTheStatement() throws Exception {
    killItsSession();

    var failure = outcome(COUNTED).orElseThrow();

    assertThat(failure.reason()).isEqualTo(Reason.CONNECTION_LOST);
    assertThat(failure.message()).startsWith("The connection was lost on postgresql");
    assertThat(executed()).isEqualTo("0");
    assertThat(unfinished().inDoubt()).isEmpty();
  }

  @Test
  void takesBackABeginningWhoseAnswerWasLost() throws Exception {
    try (var proxy = new Proxy(database.server().getPort());
        var behind = database.openAt(proxy.port())) {
      proxy.breakAt("began_by = pg_backend_pid()", Loss.AFTER);

      var failure = failureOf(() -> run(behind, COUNTED));

      assertThat(failure.reason()).isEqualTo(Reason.CONNECTION_LOST);
      assertThat(executed()).isEqualTo("0");
      assertThat(unfinished().inDoubt()).isEmpty();
    }
  }

  @Test
  void findsThatTheEndWasNotedThoughTheAnswerWasLost() throws Exception {
    try (var proxy = new Proxy(database.server().getPort());
        var behind = database.openAt(proxy.port())) {
      proxy.breakAt("array_append", Loss.AFTER);

      run(behind, COUNTED);

      assertThat(executed()).isEqualTo("1");
      assertThat(unfinished().finished()).containsExactly(COUNTED.checksum());
    }
  }

  private Optional<Failure> outcome(Segment segment) {
    try {
      run(session, segment);
      return Optional.empty();
    } catch (StepException e) {
      return Optional.of(e.failure());
    }
  }

  private static void run(Session session, Segment segment) throws StepException {
    var patient =
        new Execution(Duration.ofMinutes(2), Duration.ZERO, 0, Duration.ZERO, Duration.ZERO);
    session.execution().run(first(), 0, segment, patient);
  }

  private Connection inTransaction(String sql) throws Exception {
    var connection = database.connect();
    connection.setAutoCommit(false);
    execute(connection, sql);
    return connection;
  }

  private static void execute(Connection connection, String sql) throws Exception {
    try (var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  /** The second begins when the first one has given way. */
  private void awaitTwoNotes() {
    var begun = new HashSet<String>();
    await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> {
          begun.add(
              database.query(
                  activity("query_start", "query LIKE '%array_append%' AND state = 'active'")));
          begun.remove("no row");
          return begun.size() > 1;
        });
  }

  private void awaitOne(String condition) {
    await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> database.query(activity("count(*)", condition)), "1"::equals);
  }

  private void killItsSession() throws Exception {
    var session = "application_name = 'contract test'";
    database.query(activity("pg_terminate_backend(pid)", session));
    await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> database.query(activity("count(*)", session)), "0"::equals);
  }

  private static String activity(String what, String condition) {
    return "SELECT %s FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid() AND %s"
        .formatted(what, condition);
  }

  private String executed() throws Exception {
    return database.query("SELECT count(*) FROM executed");
  }

  private Unfinished unfinished() throws Exception {
    try (var reader = database.open()) {
      return reader.history().read().unfinished().orElseThrow();
    }
  }
}
