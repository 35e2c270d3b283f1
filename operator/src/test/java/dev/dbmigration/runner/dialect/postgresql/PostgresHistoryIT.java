package dev.dbmigration.runner.dialect.postgresql;

import static dev.dbmigration.runner.dialect.Steps.apply;
import static dev.dbmigration.runner.dialect.Steps.entry;
import static dev.dbmigration.runner.dialect.Steps.failureOf;
import static dev.dbmigration.runner.dialect.Steps.first;
import static dev.dbmigration.runner.dialect.Steps.part;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.dbmigration.model.Execution;
import dev.dbmigration.model.Reason;
import dev.dbmigration.runner.dialect.Session;
import dev.dbmigration.runner.dialect.TargetException;
import dev.dbmigration.runner.dialect.postgresql.Server.Database;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

/** The history tables of PostgreSQL. */
class PostgresHistoryIT {

  private final Database database;

  PostgresHistoryIT() throws Exception {
    database = Server.newDatabase();
  }

  @RepeatedTest(10)
  void canBeCreatedByManyAtOnce() throws Exception {
    int runs = 8;
    var threads = Executors.newVirtualThreadPerTaskExecutor();
    var start = new CyclicBarrier(runs);
    var all = new ArrayList<CompletableFuture<Void>>();
    for (int run = 0; run < runs; run++) {
      all.add(CompletableFuture.runAsync(() -> create(start), threads));
    }

    for (var one : all) {
      one.get(120, TimeUnit.SECONDS);
    }

    assertThat(database.query("SELECT count(*) FROM dbmigration_history")).isEqualTo("0");
  }

  private void create(CyclicBarrier start) {
    try (var session = openIn("sales")) {
      start.await(60, TimeUnit.SECONDS);
      session.history().create();
      try (var here = database.open()) {
        here.history().create();
      }
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  /** As after a migration that sets another search path: nothing must be applied twice. */
  @Test
  void isNotTakenForAbsentWhenItIsInAnotherSchemaThanTheDefault() throws Exception {
    try (var session = database.open()) {
      session.history().create();
      apply(
          session,
          first(),
          "CREATE SCHEMA app",
          "ALTER DATABASE " + database.name() + " SET search_path = app, public");
    }

    try (var session = database.open()) {
      var refused = catchThrowableOfType(TargetException.class, session.history()::read).failure();

      assertThat(refused.reason()).isEqualTo(Reason.TARGET_NOT_EMPTY);
      assertThat(refused.message())
          .isEqualTo(
              "Schema app, the first of the role's search_path that exists, has no history, but"
                  + " there is one in schema public.");
      assertThat(refused.remedy())
          .contains("Set spec.target.schema", "app if a history of its own");
    }
    try (var named = openIn("public")) {
      assertThat(named.history().read().entries()).hasSize(1);
    }
    try (var own = openIn("app")) {
      assertThat(own.history().read().entries()).isEmpty();
    }
  }

  @Test
  void standsInTheSchemaThatTheSpecificationNamesWhichScriptsSeeFirst() throws Exception {
    try (var session = openIn("odd \"name")) {
      session.history().create();
      apply(session, first(), "CREATE TABLE orders (id int)");

      assertThat(session.facts().schema()).contains("odd \"name");
      assertThat(session.history().read().otherObjects()).containsExactly("table orders");
    }
    assertThat(
            database.query(
                "SELECT string_agg(relname, ',' ORDER BY relname) FROM pg_class WHERE relkind = 'r'"
                    + " AND relnamespace = '\"odd \"\"name\"'::regnamespace"))
        .isEqualTo("dbmigration_history,dbmigration_progress,orders");
  }

  @Test
  void saysWhichRightIsMissingToCreateIt() throws Exception {
    try (var app = database.openAsApp()) {
      var failure =
          catchThrowableOfType(TargetException.class, () -> app.history().create()).failure();

      assertThat(failure.reason()).isEqualTo(Reason.PERMISSION_DENIED);
      assertThat(failure.message())
          .contains("history table could not be created", "permission denied for schema public");
      assertThat(failure.remedy()).contains("GRANT");
    }
  }

  @Test
  void needsNoRightToCreateWhatIsThere() throws Exception {
    try (var owner = database.open()) {
      owner.history().create();
    }
    database.execute("GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO app");

    try (var app = database.openAsApp()) {
      app.history().create();

      assertThat(app.history().read().entries()).isEmpty();
    }
  }

  @Test
  void noticesEveryChangeByHand() throws Exception {
    try (var session = database.open()) {
      session.history().create();
      var one = apply(session, first(), "SELECT 1");
      var two = apply(session, entry(2, Optional.of(one.hash()), "2"), "SELECT 1");
      apply(session, entry(3, Optional.of(two.hash()), "3"), "SELECT 1");
      assertThat(session.history().read().damagedAt()).isEmpty();

      database.execute("UPDATE dbmigration_history SET description = 'x' WHERE sequence = 2");
      assertThat(session.history().read().damagedAt()).contains(2L);
      database.execute("UPDATE dbmigration_history SET kind = 'nonsense' WHERE sequence = 1");
      assertThat(session.history().read().damagedAt()).contains(1L);
      database.execute("DELETE FROM dbmigration_history WHERE sequence < 3");
      assertThat(session.history().read().damagedAt()).contains(3L);
    }
  }

  @Test
  void doesNotForgetWhatIsAppliedWhenTheProgressTableIsGone() throws Exception {
    try (var session = database.open()) {
      session.history().create();
      apply(session, first(), "SELECT 1");
      database.execute("DROP TABLE dbmigration_progress");

      assertThat(session.history().read().entries()).hasSize(1);
      session.history().create();
      assertThat(session.history().read().entries()).hasSize(1);
    }
  }

  @Test
  void saysThatATableOfThisNameIsSomethingElse() throws Exception {
    database.execute("CREATE TABLE dbmigration_history (id int)");
    try (var session = database.open()) {
      var failure =
          catchThrowableOfType(TargetException.class, () -> session.history().read()).failure();

      assertThat(failure.reason()).isEqualTo(Reason.HISTORY_DAMAGED);
      assertThat(failure.message()).contains("history could not be read", "does not exist");
    }
  }

  @Test
  void namesObjectsButNotThoseOfExtensionsOrOfTables() throws Exception {
    database.execute(
        "CREATE TABLE t (id bigint GENERATED ALWAYS AS IDENTITY, n serial);"
            + " CREATE VIEW v AS SELECT 1 AS one; CREATE SEQUENCE s; CREATE TYPE mood AS ENUM ('a');"
            + " CREATE FUNCTION f() RETURNS int LANGUAGE sql AS 'SELECT 1'");
    try (var session = database.open()) {
      assertThat(session.history().read().otherObjects())
          .containsExactlyInAnyOrder("table t", "view v", "sequence s", "type mood", "function f");
    }
  }

  @Test
  void takesExtensionsForNoContent() throws Exception {
    database.execute("CREATE EXTENSION pg_trgm");
    try (var session = database.open()) {
      assertThat(session.history().read().otherObjects()).isEmpty();
    }
  }

  @Test
  void isReadableAfterAScriptThatLeftTheSessionUpsideDown() throws Exception {
    database.execute("CREATE ROLE nobody_" + database.name());
    try (var session = database.open()) {
      session.history().create();
      apply(
          session,
          first(),
          "SET SESSION AUTHORIZATION nobody_" + database.name(),
          "SET search_path = 'nowhere'");

      assertThat(session.history().read().entries()).hasSize(1);
    }
  }

  @Test
  void letsASecondRunWaitAtTheFenceAndFailBeforeItExecutesAnything() throws Exception {
    try (var one = database.open();
        var two = database.open()) {
      one.history().create();
      var slow =
          CompletableFuture.supplyAsync(
              () -> applied(one, "CREATE TABLE one (id int)", "SELECT pg_sleep(0.5)"));

      var failure = failureOf(() -> applyOrThrow(two, slow));

      assertThat(failure.reason()).isEqualTo(Reason.LOCK_NOT_OBTAINED);
      assertThat(slow.get(60, TimeUnit.SECONDS)).isTrue();
      assertThat(database.query("SELECT to_regclass('two') IS NULL")).isEqualTo("t");
      assertThat(two.history().read().entries()).hasSize(1);
    }
  }

  private static boolean applied(Session session, String... statements) {
    try {
      apply(session, first(), statements);
      return true;
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  /** Begins only when the other one has written its row. */
  private void applyOrThrow(Session session, CompletableFuture<?> other) throws Exception {
    while (!other.isDone()
        && database
            .query("SELECT count(*) FROM pg_locks WHERE relation = 'dbmigration_history'::regclass")
            .equals("0")) {
      Thread.onSpinWait();
    }
    session
        .execution()
        .applyAtomically(
            first(),
            part("CREATE TABLE two (id int)").statements(),
            new Execution(Duration.ofMinutes(2), Duration.ZERO, 0, Duration.ZERO, Duration.ZERO));
  }

  private Session openIn(String schema) throws TargetException {
    return new PostgresDialect()
        .open(Database.settings(Database.in(database.target(), schema), "postgres", "none"));
  }
}
