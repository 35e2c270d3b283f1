package dev.dbmigration.runner;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dbmigration.model.Checksum;
import dev.dbmigration.model.Reason;
import dev.dbmigration.report.RunContract;
import dev.dbmigration.support.Gate;
import dev.dbmigration.support.RunnerPod;
import dev.dbmigration.support.TestDatabase;
import dev.dbmigration.support.TestServer;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The runner as a process, and migrations that cannot run in one transaction. */
class RunnerSegmentsIT {

  private static final String TABLE =
      "CREATE TABLE orders (id int); INSERT INTO orders VALUES (1), (1);\n";
  private static final String INDEX =
      "CREATE UNIQUE INDEX CONCURRENTLY orders_id ON orders (id);\n";
  private static final String VIEW = "CREATE VIEW ids AS SELECT id FROM orders;\n";
  private static final String VALID =
      "SELECT bool_and(indisvalid) FROM pg_index JOIN pg_class ON oid = indexrelid WHERE relname ="
          + " 'orders_id'";

  private final TestDatabase database = TestServer.shared().database();
  private final RunnerPod pod = RunnerPod.of(database);

  @Test
  void buildsAnIndexConcurrently() {
    pod.with("V1__orders.sql", "CREATE TABLE orders (id int);").with("V2__index.sql", INDEX);

    assertThat(pod.run().appliedNow()).isEqualTo(2);
    assertThat(database.query(VALID)).isEqualTo("t");
    assertThat(pod.run().appliedNow()).isZero();
  }

  @Test
  void appliesAFileOfBothKinds() {
    var text = "CREATE TABLE orders (id int);\n" + INDEX + VIEW;

    assertThat(pod.with("V1__all.sql", text).run().appliedNow()).isEqualTo(1);
    assertThat(database.query(VALID)).isEqualTo("t");
    assertThat(database.hasTable("ids")).isTrue();
    assertThat(database.query("SELECT count(*) FROM dbmigration_progress")).isEqualTo("0");
  }

  @Test
  void saysWhatIsAppliedWhenItFailsInTheMiddleAndGoesOnThere() {
    pod.with("V1__all.sql", TABLE + INDEX + VIEW);

    var failed = pod.run();

    assertThat(failed.exitCode()).isEqualTo(11);
    assertThat(failed.failure().reason()).isEqualTo(Reason.PARTIALLY_APPLIED);
    assertThat(failed.failure().code()).contains("23505");
    assertThat(failed.failure().message()).contains("Statements 1 to 2 of 4");
    assertThat(failed.failure().position().orElseThrow().line()).isEqualTo(2);
    assertThat(database.hasTable("orders")).isTrue();
    assertThat(database.hasTable("ids")).isFalse();

    database.execute("DELETE FROM orders; INSERT INTO orders VALUES (1)");
    assertThat(pod.run().appliedNow()).isEqualTo(1);
    assertThat(database.query(VALID)).isEqualTo("t");
    assertThat(database.query("SELECT count(*) FROM orders")).isEqualTo("1");
  }

  @Test
  void goesOnWithAFileThatWasMendedBehindWhatIsApplied() {
    pod.with("V1__all.sql", TABLE + "VACUUM ordrs;\n" + VIEW).run();
    var mended = TABLE + "VACUUM orders;\n" + VIEW;

    var runner = pod.with("V1__all.sql", mended).run();

    assertThat(runner.appliedNow()).isEqualTo(1);
    assertThat(database.query("SELECT count(*) FROM orders")).isEqualTo("2");
    assertThat(runner.report().history().orElseThrow().newest().getFirst().checksum())
        .contains(Checksum.ofText(mended));
    assertThat(pod.run().appliedNow()).isZero();
  }

  @Test
  void refusesAFileWhoseAppliedPartWasChanged() {
    pod.with("V1__all.sql", TABLE + "VACUUM ordrs;\n" + VIEW).run();

    var failure = pod.with("V1__all.sql", "SELECT 1;\n" + TABLE + VIEW).run().failure();

    assertThat(failure.reason()).isEqualTo(Reason.PARTIALLY_APPLIED);
    assertThat(failure.file()).contains("V1__all.sql");
    assertThat(database.hasTable("ids")).isFalse();
  }

  @Test
  void refusesAPlaceholderThatChangedInAnAppliedPart() {
    var text = "CREATE TABLE orders AS SELECT '${state}' AS state;\nVACUUM ordrs;\n";
    pod.asking(asked -> asked.placeholdersFrom("orders-placeholders"));
    pod.mount(RunContract.PLACEHOLDERS_FOLDER, Map.of("state", "former"));
    pod.with("V1__all.sql", text).run();
    pod.mount(RunContract.PLACEHOLDERS_FOLDER, Map.of("state", "latter"));

    var failure = pod.with("V1__all.sql", text.replace("ordrs", "orders")).run().failure();

    assertThat(failure.reason()).isEqualTo(Reason.PARTIALLY_APPLIED);
    assertThat(failure.message()).contains("a placeholder changed");
  }

  /** Otherwise what the new text has done so far would stay, and its row would block the others. */
  @Test
  void finishesARepeatableMigrationThatWasPutBackToItsFormerText() {
    var former = "CREATE TABLE IF NOT EXISTS orders (id int);\nVACUUM orders;\nSELECT 1;\n";
    pod.with("R__orders.sql", former).run();
    var failed = pod.with("R__orders.sql", former.replace("SELECT 1", "SELECT 1/0")).run();

    var finished = pod.with("R__orders.sql", former).with("V1__next.sql", "SELECT 1;").run();

    assertThat(failed.failure().reason()).isEqualTo(Reason.PARTIALLY_APPLIED);
    assertThat(finished.appliedNow()).isEqualTo(2);
    assertThat(
            database.query(
                "SELECT string_agg(kind, ' ' ORDER BY sequence) FROM dbmigration_history"))
        .isEqualTo("APPLIED APPLIED APPLIED");
    assertThat(pod.run().appliedNow()).isZero();
  }

  @Test
  void goesOnAfterBeingKilledBetweenTwoParts() {
    pod.with("V1__all.sql", "CREATE TABLE orders (id int);\n" + INDEX + Gate.PASS + VIEW);
    try (var gate = Gate.shut(database)) {
      pod.start().until(gate::hasWaiter).kill();
    }

    assertThat(pod.run().appliedNow()).isEqualTo(1);
    assertThat(database.query(VALID)).isEqualTo("t");
    assertThat(database.hasTable("ids")).isTrue();
  }

  @Test
  void findsOutWhatBecameOfAnIndexWhenItWasKilledMeanwhile() {
    pod.with("V1__orders.sql", "CREATE TABLE orders (id int);").run();
    pod.with("V2__index.sql", INDEX);
    try (var writer = OpenTransaction.begin(database, "INSERT INTO orders VALUES (7)")) {
      pod.start().until(writer::hasWaiter).kill();
    }

    assertThat(pod.run().appliedNow()).isEqualTo(1);
    assertThat(database.query(VALID)).isEqualTo("t");
  }

  @Test
  void goesOnAfterBeingStoppedWhileItBuiltAnIndex() {
    pod.with("V1__all.sql", "CREATE TABLE orders (id int);\n" + INDEX + VIEW);
    pod.run();
    pod.with("V2__index.sql", INDEX.replace("orders_id", "orders_id_2"));
    try (var writer = OpenTransaction.begin(database, "INSERT INTO orders VALUES (7)")) {
      var stopped = pod.start().until(writer::hasWaiter).terminate().finished();

      assertThat(stopped.exitCode()).isEqualTo(22);
      assertThat(stopped.failure().reason()).isEqualTo(Reason.INTERRUPTED);
    }

    assertThat(pod.run().appliedNow()).isEqualTo(1);
    assertThat(database.query(VALID.replace("'orders_id'", "'orders_id_2'"))).isEqualTo("t");
  }

  @Test
  void asksAPersonWhenItCannotFindOutWhatBecameOfAStatement() {
    pod.with("V1__orders.sql", "CREATE TABLE orders (id int);").run();
    pod.with("V2__vacuum.sql", "VACUUM FULL orders;");
    try (var reader = OpenTransaction.begin(database, "SELECT * FROM orders")) {
      pod.asking(asked -> asked.executing(Executions.PATIENT));
      pod.start().until(reader::hasWaiter).kill();
    }

    var doubtful = pod.run();
    var settled = pod.with("V2__vacuum.sql", "VACUUM (FULL) orders;").run();

    assertThat(doubtful.exitCode()).isEqualTo(11);
    assertThat(doubtful.failure().reason()).isEqualTo(Reason.IN_DOUBT);
    assertThat(doubtful.failure().message()).contains("statement 1 of migration 2");
    assertThat(doubtful.failure().position().orElseThrow()).hasToString("V2__vacuum.sql:1:1");
    assertThat(settled.appliedNow()).isEqualTo(1);
  }
}
