package dev.dbmigration.runner.dialect.postgresql;

import static dev.dbmigration.runner.dialect.Steps.apply;
import static dev.dbmigration.runner.dialect.Steps.concurrently;
import static dev.dbmigration.runner.dialect.Steps.failureOf;
import static dev.dbmigration.runner.dialect.Steps.first;
import static dev.dbmigration.runner.dialect.Steps.part;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import dev.dbmigration.model.Execution;
import dev.dbmigration.model.Failure;
import dev.dbmigration.model.Reason;
import dev.dbmigration.runner.dialect.Session;
import dev.dbmigration.runner.dialect.StepException;
import dev.dbmigration.runner.dialect.postgresql.Proxy.Loss;
import dev.dbmigration.runner.dialect.postgresql.Server.Database;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Connections, server processes and servers that go away in the middle. */
class PostgresLossIT {

  private static EmbeddedPostgres server;

  private Database database;
  private Proxy proxy;

  @BeforeAll
  static void start() {
    server = Server.start(Server.builder());
  }

  @AfterAll
  static void stop() throws IOException {
    server.close();
  }

  @BeforeEach
  void prepare() throws Exception {
    database = Server.newDatabase(server);
    proxy = new Proxy(server.getPort());
    try (var session = database.open()) {
      session.history().create();
    }
  }

  @AfterEach
  void close() throws IOException {
    proxy.close();
  }

  @Test
  void findsThatACommitTookPlaceWhoseAnswerWasLost() throws Exception {
    try (var session = database.openAt(proxy.port())) {
      proxy.breakAt("COMMIT\0", Loss.AFTER);

      var applied = apply(session, first(), "CREATE TABLE orders (id int)");

      assertThat(session.history().read().entries()).containsExactly(applied);
      assertThat(database.query("SELECT to_regclass('orders') IS NOT NULL")).isEqualTo("t");
    }
  }

  @Test
  void findsThatACommitDidNotTakePlace() throws Exception {
    try (var session = database.openAt(proxy.port())) {
      proxy.breakAt("COMMIT\0", Loss.BEFORE);

      var failure = failureOf(() -> apply(session, first(), "CREATE TABLE orders (id int)"));

      assertThat(failure.reason()).isEqualTo(Reason.CONNECTION_LOST);
      assertThat(session.history().read().entries()).isEmpty();
      assertThat(database.query("SELECT to_regclass('orders') IS NULL")).isEqualTo("t");
    }
  }

  @Test
  void saysThatACommitIsUnknownWhenTheServerDoesNotComeBack() throws Exception {
    try (var session = database.openAt(proxy.port(), Duration.ofMillis(500))) {
      proxy.breakAt("COMMIT\0", Loss.AFTER);
      proxy.refuseOthers();

      var e =
          catchThrowableOfType(
              StepException.class, () -> apply(session, first(), "CREATE TABLE orders (id int)"));

      assertThat(e.isOutcomeKnown()).isFalse();
      assertThat(e.failure().reason()).isEqualTo(Reason.CONNECTION_LOST);
      assertThat(e.failure().message())
          .isEqualTo(
              "The connection to %s broke during the commit and did not come back: the migration is"
                  + " applied and in the history, or neither.",
              session.facts().target());
      assertThat(database.query("SELECT to_regclass('orders') IS NOT NULL")).isEqualTo("t");
    }
  }

  @Test
  void resolvesTheCommitOfAPartToo() throws Exception {
    try (var session = database.openAt(proxy.port())) {
      session.execution().begin(first());
      proxy.breakAt("COMMIT\0", Loss.AFTER);

      session.execution().run(first(), 0, part("CREATE TABLE orders (id int)"), Execution.DEFAULT);

      assertThat(session.history().read().unfinished().orElseThrow().finished()).hasSize(1);
    }
  }

  @Test
  void saysItAgainWhenTheEndOfASingleStatementWasNotHeard() throws Exception {
    var index = concurrently("CREATE INDEX CONCURRENTLY idx ON t (id)");
    database.execute("CREATE TABLE t (id int)");
    try (var session = database.openAt(proxy.port())) {
      session.execution().begin(first());
      proxy.breakAt("array_append", Loss.BEFORE);

      session.execution().run(first(), 0, index, Execution.DEFAULT);

      assertThat(session.history().read().unfinished().orElseThrow().finished()).hasSize(1);
    }
  }

  @Test
  void rollsBackWhenItsServerProcessIsKilledAndTheServerStartsAnew() throws Exception {
    try (var session = database.open()) {
      var running = sleeping(session);
      var pid = database.query(sleepers("pid"));

      ProcessHandle.of(Long.parseLong(pid)).orElseThrow().destroyForcibly();

      assertThat(running.get(60, TimeUnit.SECONDS).reason()).isEqualTo(Reason.CONNECTION_LOST);
    }
    await().atMost(Duration.ofSeconds(60)).ignoreExceptions().until(this::isUntouched);
  }

  @Test
  void rollsBackWhenTheServerIsShutDownInTheMiddle() throws Exception {
    try (var session = database.open()) {
      var running = sleeping(session);

      database.query("SELECT pg_terminate_backend(pid) FROM (" + sleepers("pid") + ") AS s");

      var failure = running.get(60, TimeUnit.SECONDS);
      assertThat(failure.reason()).isEqualTo(Reason.CONNECTION_LOST);
      assertThat(failure.remedy()).contains("restarted");
    }
    assertThat(isUntouched()).isTrue();
  }

  @Test
  void endsWhatADeadRunLeftRunningBeforeItTakesTheLock() throws Exception {
    var dead = database.openAt(proxy.port());
    assertThat(dead.lock().tryAcquire()).isTrue();
    var running = sleeping(dead);

    proxy.close();

    try (var next = database.open()) {
      await().atMost(Duration.ofSeconds(60)).until(next.lock()::tryAcquire);
      assertThat(database.query(sleepers("count(*)"))).isEqualTo("0");
      assertThat(next.history().read().entries()).isEmpty();
    }
    assertThat(running.get(60, TimeUnit.SECONDS).reason()).isEqualTo(Reason.CONNECTION_LOST);
  }

  private CompletableFuture<Failure> sleeping(Session session) {
    var running =
        CompletableFuture.supplyAsync(() ->
            failureOf(() ->
                apply(session, first(), "CREATE TABLE orders (id int)", "SELECT pg_sleep(600)")));
    await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> database.query(sleepers("count(*)")), "1"::equals);
    return running;
  }

  private static String sleepers(String what) {
    return "SELECT "
        + what
        + " FROM pg_stat_activity WHERE wait_event = 'PgSleep' AND datname = current_database()";
  }

  private boolean isUntouched() throws Exception {
    try (var session = database.open()) {
      return session.history().read().entries().isEmpty()
          && database.query("SELECT to_regclass('orders') IS NULL").equals("t");
    }
  }
}
