package dev.dbmigration.runner;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.dbmigration.model.Checksum;
import dev.dbmigration.model.Reason;
import dev.dbmigration.model.RunOutcome;
import dev.dbmigration.model.RunReport;
import dev.dbmigration.model.Version;
import dev.dbmigration.report.ReadReport;
import dev.dbmigration.support.RunnerPod;
import dev.dbmigration.support.TestDatabase;
import dev.dbmigration.support.TestServer;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The runner as a process, against a real server. */
class RunnerIT {

  private static final String ORDERS = "CREATE TABLE orders (id int PRIMARY KEY, note text);";

  private final TestDatabase database = TestServer.shared().database();
  private final RunnerPod pod = RunnerPod.of(database).with("V1__create_orders.sql", ORDERS);

  @Test
  void appliesWhatIsPendingAndReportsIt() {
    pod.with("V2__seed.sql", "INSERT INTO orders VALUES (1, 'for ${tenant}');")
        .with("R__view.sql", "CREATE OR REPLACE VIEW open_orders AS SELECT id FROM orders;");

    var runner = pod.run();

    assertThat(runner.exitCode()).isZero();
    assertThat(runner.appliedNow()).isEqualTo(3);
    assertThat(database.query("SELECT note FROM orders")).isEqualTo("for acme");
    assertThat(database.applied()).isEqualTo(3);
    var history = runner.report().history().orElseThrow();
    assertThat(history.currentVersion()).contains(Version.parse("2"));
    assertThat(history.pending()).isZero();
    assertThat(history.newest())
        .extracting(RunReport.Item::version)
        .containsExactly("R view", "2", "1");
    assertThat(history.newest().getLast().checksum()).contains(Checksum.ofText(ORDERS));
    assertThat(runner.standardError()).isEmpty();
  }

  @Test
  void doesNothingWhenNothingIsPending() {
    pod.run();

    var runner = pod.run();

    assertThat(runner.appliedNow()).isZero();
    assertThat(runner.exitCode()).isZero();
    assertThat(database.applied()).isEqualTo(1);
    assertThat(runner.report().history().orElseThrow().newest()).hasSize(1);
  }

  @Test
  void pointsAtTheMistakeInABrokenScript() {
    pod.with("V2__index.sql", "-- a comment\nCREATE INDEX i\n  ON ordrs (id);\n");

    var runner = pod.run();

    assertThat(runner.exitCode()).isEqualTo(11);
    var failure = runner.failure();
    assertThat(failure.reason()).isEqualTo(Reason.MIGRATION_FAILED);
    assertThat(failure.migration()).contains("2");
    assertThat(failure.code()).contains("42P01");
    assertThat(failure.message()).isEqualTo("relation \"ordrs\" does not exist");
    assertThat(failure.remedy()).isNotBlank();
    assertThat(failure.file()).contains("V2__index.sql");
    assertThat(failure.position().orElseThrow().line()).isEqualTo(2);
    assertThat(database.applied()).isEqualTo(1);
  }

  @Test
  void pointsAtTheExactCharacterWhereTheServerDoes() {
    pod.with("V2__index.sql", "SELECT 1;\nSELECT id,\n  nme FROM orders;\n");

    assertThat(pod.run().failure().position().orElseThrow()).hasToString("V2__index.sql:3:3");
  }

  @Test
  void refusesAnAppliedFileThatWasEditedBeforeAnythingRuns() {
    pod.run();
    pod.with("V1__create_orders.sql", ORDERS + " -- edited").with("V2__b.sql", "CREATE TABLE b();");

    var runner = pod.run();

    assertThat(runner.exitCode()).isEqualTo(10);
    assertThat(runner.failure().reason()).isEqualTo(Reason.CHECKSUM_MISMATCH);
    assertThat(runner.failure().file()).contains("V1__create_orders.sql");
    assertThat(runner.failure().message())
        .contains(Checksum.ofText(ORDERS).value(), Checksum.ofText(ORDERS + " -- edited").value());
    assertThat(database.hasTable("b")).isFalse();
  }

  @Test
  void recoversWhenABrokenScriptIsMended() {
    pod.with("V2__b.sql", "CREATE TABLE b (id intt);").run();
    pod.with("V2__b.sql", "CREATE TABLE b (id int);");

    assertThat(pod.run().appliedNow()).isEqualTo(1);
    assertThat(database.hasTable("b")).isTrue();
  }

  @Test
  void writesEveryLogLineAsOneObject() throws Exception {
    var runner = pod.run();

    var logs = runner.standardOutput().lines().filter(line -> line.startsWith("{")).toList();
    assertThat(logs).isNotEmpty();
    for (var line : logs) {
      var json = new ObjectMapper().readTree(line);
      assertThat(List.of("time", "level", "message", "namespace", "name", "run"))
          .allSatisfy(key -> assertThat(json.has(key)).as(key + " in " + line).isTrue());
    }
  }

  @Test
  void leavesASummaryWithoutTheLog() {
    var runner = pod.with("V2__b.sql", "SELECT nothing;").run();

    var read = ReadReport.of(runner.terminationMessage(), "");

    assertThat(read)
        .isInstanceOfSatisfying(
            ReadReport.SummaryOnly.class,
            summary ->
                assertThat(summary.report().outcome()).isInstanceOf(RunOutcome.Failed.class));
  }

  @Test
  void reportsARequestThatItCannotRead() {
    var runner = pod.variable("DBMIGRATION_RUN", "{\"run\":").run();

    assertThat(runner.exitCode()).isEqualTo(30);
    assertThat(runner.failure().reason()).isEqualTo(Reason.INVALID_SPEC);
    assertThat(runner.failure().message()).contains("DBMIGRATION_RUN");
  }
}
