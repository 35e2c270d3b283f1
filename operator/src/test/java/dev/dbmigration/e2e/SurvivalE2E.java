package dev.dbmigration.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Programs die in the middle of a run, and each migration is applied once. */
@OnACluster
class SurvivalE2E {

  private static final Map<String, String> THREE =
      Map.of(
          "V1__orders.sql", "CREATE TABLE orders (id bigint PRIMARY KEY);",
          "V2__items.sql", "CREATE TABLE items (id bigint PRIMARY KEY);\n" + Gate.STATEMENT,
          "V3__notes.sql", "CREATE TABLE notes (id bigint PRIMARY KEY);");

  @BeforeAll
  static void install() {
    Installation.shared();
  }

  @Test
  void aRunIsFoundAgainAfterTheOperatorWasKilled(TestNamespace namespace, Database database) {
    try (var gate = Gate.closed(database)) {
      var resource = namespace.migrate(database, THREE);
      gate.awaitArrival();

      killTheOperator();
      gate.open();

      resource.awaitReady();
      assertThat(namespace.jobs()).hasSize(1);
      assertThat(database.applied()).containsExactly("1", "2", "3");
    }
  }

  @Test
  void aRunEndsAndIsRecordedAlthoughTheOperatorIsAway(TestNamespace namespace, Database database) {
    try (var gate = Gate.closed(database)) {
      var resource = namespace.migrate(database, THREE);
      gate.awaitArrival();

      try (var _ = Installation.shared().away()) {
        gate.open();
        awaitApplied(database, "1", "2", "3");
      }

      assertThat(resource.awaitReady().runs()).isEqualTo(1);
      assertThat(namespace.jobs()).hasSize(1);
    }
  }

  @Test
  void aRunnerKilledInAMigrationLeavesTheOnesBeforeApplied(
      TestNamespace namespace, Database database) {
    try (var gate = Gate.closed(database)) {
      var resource = namespace.migrate(database, THREE);
      gate.awaitArrival();

      namespace.killNewestRun();
      gate.open();

      assertThat(resource.awaitReady().runs()).isEqualTo(2);
      assertThat(database.applied()).containsExactly("1", "2", "3");
      assertThat(database.tables()).containsExactly("items", "notes", "orders");
    }
  }

  @Test
  void aRunnerKilledBeforeItsFirstMigrationIsReplaced(TestNamespace namespace, Database database) {
    try (var gate = Gate.closed(database)) {
      var first = namespace.migrate(database, THREE);
      gate.awaitArrival();
      var second = namespace.apply(patient("second"));
      database.awaitSessionOf("/second/1");

      namespace.killNewestRun();
      gate.open();

      first.awaitReady();
      second.awaitReady();
      assertThat(database.applied()).containsExactly("1", "2", "3");
    }
  }

  @Test
  void aRunnerKilledAfterAMigrationIsFollowedByOneThatFindsItApplied(
      TestNamespace namespace, Database database) {
    try (var gate = Gate.closed(database)) {
      var resource = namespace.migrate(database, THREE);
      gate.awaitArrival();

      try (var _ = gate.openAndHoldTheHistory()) {
        assertThat(database.tables()).containsExactly("items", "orders");
        namespace.killNewestRun();
      }

      assertThat(resource.awaitReady().runs()).isEqualTo(2);
      assertThat(database.applied()).containsExactly("1", "2", "3");
    }
  }

  @Test
  void aDatabaseServerMayRestartInTheMiddle(TestNamespace namespace) {
    var server = PostgresServer.start();
    var database = server.createDatabase();
    var gate = Gate.closed(database);
    var resource = namespace.migrate(database, THREE);
    gate.awaitArrival();

    server.restart();

    resource.awaitReady();
    assertThat(database.applied()).containsExactly("1", "2", "3");
    server.stop();
  }

  @Test
  void theApiServerMayBeAwayForAMinute(TestNamespace namespace, Database database) {
    try (var gate = Gate.closed(database)) {
      var resource = namespace.migrate(database, THREE);
      gate.awaitArrival();

      try (var _ = namespace.cluster().pauseApiServer()) {
        gate.open();
        awaitApplied(database, "1", "2", "3");
        Awaitility.await("a minute")
            .pollDelay(Duration.ofMinutes(1))
            .timeout(Duration.ofMinutes(2))
            .until(() -> true);
      }

      assertThat(resource.awaitReady().runs()).isEqualTo(1);
      assertThat(database.applied()).containsExactly("1", "2", "3");
    }
  }

  @Test
  void twoResourcesOnOneTargetApplyEachMigrationOnce(TestNamespace namespace, Database database) {
    try (var gate = Gate.closed(database)) {
      var first = namespace.migrate(database, THREE);
      gate.awaitArrival();
      var second = namespace.apply(patient("second"));
      database.awaitSessionOf("/second/1");

      gate.open();

      assertThat(first.awaitReady().currentVersion()).isEqualTo("3");
      assertThat(second.awaitReady().currentVersion()).isEqualTo("3");
      assertThat(database.applied()).containsExactly("1", "2", "3");
    }
  }

  @Test
  void twoOperatorsAtOnceApplyEachMigrationOnce(TestNamespace namespace, Database database) {
    var rival =
        Installation.install(
            "rival",
            "dbmigration-rival",
            List.of("crds.enabled=false", "leaderElection.enabled=false"));
    try (var gate = Gate.closed(database)) {
      var resource = namespace.migrate(database, THREE);
      gate.awaitArrival();
      Awaitility.await("the rival to see the run as one of its own")
          .atMost(Duration.ofMinutes(2))
          .until(() -> metricsOf(rival).contains("dbmigration_active_runs 1.0"));

      gate.open();

      assertThat(resource.awaitReady().runs()).isEqualTo(1);
      assertThat(namespace.jobs()).hasSize(1);
      assertThat(database.applied()).containsExactly("1", "2", "3");
    } finally {
      rival.uninstall();
    }
  }

  private static String metricsOf(Installation operator) {
    return operator.get(operator.pods().getFirst().getMetadata().getName(), "/metrics").orFail();
  }

  private static Manifest patient(String name) {
    return Manifest.named(name).with("/spec/execution/waitForLock", "10m").inline(THREE);
  }

  private static void awaitApplied(Database database, String... versions) {
    Awaitility.await("the migrations to be applied")
        .atMost(Duration.ofMinutes(4))
        .until(() -> database.applied().equals(List.of(versions)));
  }

  private static void killTheOperator() {
    var operator = Installation.shared();
    operator.pods().forEach(pod -> operator.cluster().killProgramsOf(pod.getMetadata().getUid()));
  }
}
