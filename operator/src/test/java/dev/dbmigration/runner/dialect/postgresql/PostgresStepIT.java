package dev.dbmigration.runner.dialect.postgresql;

import static dev.dbmigration.runner.dialect.Steps.apply;
import static dev.dbmigration.runner.dialect.Steps.entry;
import static dev.dbmigration.runner.dialect.Steps.failureOf;
import static dev.dbmigration.runner.dialect.Steps.first;
import static dev.dbmigration.runner.dialect.Steps.script;
import static dev.dbmigration.runner.dialect.Steps.statement;
import static java.util.Locale.ROOT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.dbmigration.model.Execution;
import dev.dbmigration.model.Failure;
import dev.dbmigration.model.Reason;
import dev.dbmigration.model.SourcePosition;
import dev.dbmigration.runner.dialect.ConnectionSettings;
import dev.dbmigration.runner.dialect.Masking;
import dev.dbmigration.runner.dialect.Session;
import dev.dbmigration.runner.dialect.postgresql.Server.Database;
import dev.dbmigration.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How PostgreSQL carries out steps, beyond what every dialect does. */
class PostgresStepIT {

  private static final String SECRET = "pl4ceholder secret";

  private final Database database;
  private Session session;

  PostgresStepIT() throws Exception {
    database = Server.newDatabase();
  }

  @BeforeEach
  void open() throws Exception {
    var known = database.settings();
    session =
        new PostgresDialect()
            .open(
                new ConnectionSettings(
                    known.target(),
                    known.secret(),
                    known.caFile(),
                    known.clientCertificate(),
                    known.applicationName(),
                    true,
                    Masking.of(List.of(SECRET))));
    session.history().create();
  }

  @AfterEach
  void close() {
    session.close();
  }

  @Test
  void keepsWhatAScriptSetsFromItsEntryAndFromTheNextScript() throws Exception {
    database.execute("CREATE ROLE powerless_" + database.name());
    var applied =
        apply(
            session,
            first(),
            "SET ROLE powerless_" + database.name(),
            "SET search_path = ''",
            "SET default_transaction_read_only = on",
            "SET statement_timeout = 2000",
            "RESET ROLE",
            "CREATE TEMP TABLE left_over (id int)",
            "SET ROLE powerless_" + database.name());

    apply(
        session,
        entry(2, Optional.of(applied.hash()), "2"),
        "CREATE TABLE public.seen AS SELECT current_user AS who, current_setting('search_path') AS"
            + " path, to_regclass('left_over') AS left_over",
        "SELECT pg_sleep(3)");

    assertThat(database.query("SELECT who || path || coalesce(left_over::text, '-') FROM seen"))
        .isEqualTo("postgres\"$user\", public-");
    assertThat(session.history().read().entries()).hasSize(2);
    assertThat(session.history().read().damagedAt()).isEmpty();
  }

  @Test
  void readsStringsAsTheLexerDoesWhateverTheDatabaseSays() throws Exception {
    database.execute(
        "ALTER DATABASE %s SET standard_conforming_strings = off".formatted(database.name()));
    close();
    open();

    apply(session, first(), "CREATE TABLE t AS SELECT 'a\\' AS word");

    assertThat(database.query("SELECT word FROM t")).isEqualTo("a\\");
  }

  @Test
  void countsPositionsInCharacters() {
    var failure = failureOf(() -> apply(session, first(), "SELECT '😀ü', nowhere"));

    assertThat(failure.code()).contains("42703");
    assertThat(failure.message()).isEqualTo("column \"nowhere\" does not exist");
    assertThat(failure.position()).contains(new SourcePosition("V1__a.sql", 1, 15));
  }

  @Test
  void findsThePositionBehindASemicolonInsideAStatement() {
    var text = "CREATE FUNCTION f() RETURNS int BEGIN ATOMIC SELECT 1;  SELECT nowhere; END";

    var failure = failureOf(() -> apply(session, first(), text));

    assertThat(failure.position())
        .contains(new SourcePosition("V1__a.sql", 1, text.indexOf("nowhere") + 1));
  }

  @Test
  void showsNeitherSecretsNorRows() {
    var cast = failureOf(() -> apply(session, first(), "SELECT '" + SECRET + "'::int"));
    var syntax =
        failureOf(
            () -> apply(session, first(), "SELECT 1 AS \"" + SECRET + "\" \"" + SECRET + "\""));
    var folded =
        failureOf(() -> apply(session, first(), "SELECT \"" + SECRET.toUpperCase(ROOT) + "\""));
    var duplicate =
        failureOf(() ->
            apply(
                session,
                first(),
                "CREATE TABLE t (name text CONSTRAINT one_name UNIQUE)",
                "INSERT INTO t VALUES ('row data'), ('row data')"));
    var enumerated =
        failureOf(
            () -> apply(session, first(), "CREATE TYPE m AS ENUM ('a')", "SELECT 'row data'::m"));

    assertThat(cast.message()).isEqualTo("invalid input syntax for type integer: ***");
    assertThat(syntax.message()).isEqualTo("syntax error at or near \"\"***\"\"");
    assertThat(folded.message()).isEqualTo("column \"***\" does not exist");
    assertThat(duplicate.message())
        .isEqualTo("duplicate key value violates unique constraint \"one_name\"");
    assertThat(enumerated.message()).doesNotContain("row data");
    assertThat(List.of(cast, syntax, folded, duplicate, enumerated).toString())
        .doesNotContain("row data", SECRET, "pl4ceholder");
  }

  @Test
  void takesQuestionMarksBracesAndManyRowsAsTheyAre() throws Exception {
    apply(
        session,
        first(),
        "CREATE TABLE t AS SELECT '{\"a\": 1}'::jsonb ? 'a' AS found, '{fn now()}' AS text",
        "SELECT repeat('x', 1000) FROM generate_series(1, 100000)");

    assertThat(database.query("SELECT found || text FROM t")).isEqualTo("true{fn now()}");
  }

  @Test
  void setsUpTheTransactionBeforeTheEntry() throws Exception {
    var isolated =
        statement(
            "SET TRANSACTION ISOLATION LEVEL SERIALIZABLE", 1, Statement.Kind.TRANSACTION_SETTING);
    var look =
        script("CREATE TABLE seen AS SELECT current_setting('transaction_isolation') AS level");

    session
        .execution()
        .applyAtomically(first(), List.of(isolated, look.getFirst()), Execution.DEFAULT);

    assertThat(database.query("SELECT level FROM seen")).isEqualTo("serializable");
  }

  @Test
  void failsAtTheCommitWhenADeferredConstraintIsViolated() {
    var failure =
        failureOf(() ->
            apply(
                session,
                first(),
                "CREATE TABLE p (id int PRIMARY KEY)",
                "CREATE TABLE c (p int CONSTRAINT c_p REFERENCES p DEFERRABLE INITIALLY"
                    + " DEFERRED)",
                "INSERT INTO c VALUES (7)"));

    assertThat(failure.reason()).isEqualTo(Reason.MIGRATION_FAILED);
    assertThat(failure.code()).contains("23503");
    assertThat(failure.message()).contains("c_p").doesNotContain("7");
  }

  @Test
  void noticesThatAStatementEndedTheTransaction() {
    var failure = failureOf(() -> apply(session, first(), "COMMIT", "SELECT 1"));

    assertThat(failure.reason()).isEqualTo(Reason.PARTIALLY_APPLIED);
    assertThat(failure.position()).contains(new SourcePosition("V1__a.sql", 1, 1));
  }

  @Test
  void givesWayToALockAndStopsAtAStatementThatTakesTooLong() throws Exception {
    apply(session, first(), "CREATE TABLE t (id int)");
    try (var other = database.connect();
        var lock = other.createStatement()) {
      other.setAutoCommit(false);
      lock.execute("LOCK TABLE t");

      assertThat(failure("ALTER TABLE t ADD COLUMN name text").reason())
          .isEqualTo(Reason.LOCK_TIMEOUT);
    }
    assertThat(failure("SELECT pg_sleep(600)").reason()).isEqualTo(Reason.STATEMENT_TIMEOUT);
  }

  private Failure failure(String sql) {
    var hurried =
        new Execution(
            Duration.ofMillis(100), Duration.ofSeconds(1), 0, Duration.ZERO, Duration.ZERO);
    return failureOf(() ->
        session.execution().applyAtomically(entry(2, Optional.empty(), "2"), script(sql), hurried));
  }

  @Test
  void stopsWhatIsRunningWhenItIsCancelled() throws Exception {
    var failure =
        CompletableFuture.supplyAsync(
            () -> failureOf(() -> apply(session, first(), "SELECT pg_sleep(600)")));
    await()
        .atMost(Duration.ofSeconds(60))
        .until(
            () ->
                database.query(
                    "SELECT count(*) FROM pg_stat_activity WHERE wait_event = 'PgSleep' AND datname = current_database()"),
            "1"::equals);

    session.cancel();

    assertThat(failure.get(60, TimeUnit.SECONDS).reason()).isEqualTo(Reason.INTERRUPTED);
    assertThat(session.history().read().entries()).isEmpty();
    assertThat(failureOf(() -> apply(session, first(), "SELECT 1")).reason())
        .isEqualTo(Reason.INTERRUPTED);
  }

  @Test
  void saysThatARightIsMissingOrTheDiskIsFull() throws Exception {
    var full = failureOf(() -> apply(session, first(), raise("53100", "could not extend file")));
    database.execute("GRANT ALL ON ALL TABLES IN SCHEMA public TO app");
    database.execute("CREATE TABLE owned (id int)");
    Failure denied;
    try (var app = database.openAsApp()) {
      denied = failureOf(() -> apply(app, first(), "ALTER TABLE owned ADD name text"));
    }

    assertThat(full.reason()).isEqualTo(Reason.DISK_FULL);
    assertThat(full.remedy()).contains("disk space");
    assertThat(denied.reason()).isEqualTo(Reason.PERMISSION_DENIED);
    assertThat(denied.message()).isEqualTo("must be owner of table owned");
  }

  @Test
  void doesNotTakeAScriptsOwnErrorsForTrouble() {
    assertThat(failureOf(() -> apply(session, first(), raise("08006", "remote"))).reason())
        .isEqualTo(Reason.MIGRATION_FAILED);
    assertThat(failureOf(() -> apply(session, first(), raise("28P01", "remote"))).reason())
        .isEqualTo(Reason.MIGRATION_FAILED);
  }

  private static String raise(String state, String message) {
    return "DO $$ BEGIN RAISE EXCEPTION '%s' USING ERRCODE = '%s'; END $$"
        .formatted(message, state);
  }
}
