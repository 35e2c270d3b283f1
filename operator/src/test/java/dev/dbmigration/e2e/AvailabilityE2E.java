package dev.dbmigration.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Two replicas of the operator, of which one works, and what can be read from them. */
@OnACluster
class AvailabilityE2E {

  private static final Map<String, String> FILES =
      Map.of("V1__orders.sql", "CREATE TABLE orders (id bigint PRIMARY KEY);");

  @BeforeAll
  static void twoReplicas() {
    Installation.shared().change(List.of("replicas=2"));
  }

  @AfterAll
  static void oneReplica() {
    Installation.shared().change(List.of());
  }

  @Test
  void oneOfTwoReplicasLeads(TestNamespace namespace, Database database) {
    var operator = Installation.shared();
    var leader = operator.awaitLeader();

    namespace.migrate(database, FILES).awaitReady();

    assertThat(operator.pods()).hasSize(2);
    for (var pod : operator.pods()) {
      var name = pod.getMetadata().getName();
      var log = operator.cluster().kubectl("logs", "-n", operator.namespace(), name).orFail();
      assertThat(log.contains(namespace.name()))
          .as("work of " + name)
          .isEqualTo(name.equals(leader));
    }
  }

  @Test
  void theOtherTakesOverAndFinishesTheWork(TestNamespace namespace, Database database) {
    var operator = Installation.shared();
    try (var gate = Gate.closed(database)) {
      var resource =
          namespace.migrate(
              database, Map.of("V1__orders.sql", FILES.get("V1__orders.sql") + Gate.STATEMENT));
      gate.awaitArrival();
      var leader = operator.awaitLeader();

      operator
          .cluster()
          .kubectl(
              "delete", "pod", leader, "-n", operator.namespace(), "--force", "--grace-period=0")
          .orFail();
      Awaitility.await("another leader")
          .atMost(Duration.ofMinutes(3))
          .until(() -> !operator.awaitLeader().equals(leader));
      gate.open();

      assertThat(resource.awaitReady().runs()).isEqualTo(1);
      assertThat(namespace.jobs()).hasSize(1);
    }
  }

  @Test
  void everyReplicaAnswersItsProbesAndTheLeaderShowsWhatItDid(
      TestNamespace namespace, Database database) {
    var operator = Installation.shared();

    namespace.migrate(database, FILES).awaitReady();

    for (var pod : operator.pods()) {
      var name = pod.getMetadata().getName();
      assertThat(operator.get(name, "/healthz").succeeded()).isTrue();
      assertThat(operator.get(name, "/readyz").succeeded()).isTrue();
    }
    assertThat(operator.get(operator.awaitLeader(), "/metrics").orFail())
        .containsPattern("dbmigration_runs\\w*\\{[^}]*outcome=\"[Ss]ucceeded\"[^}]*} [1-9]");
  }

  @Test
  void aRunLeavesEventsAtItsResource(TestNamespace namespace, Database database) {
    namespace.migrate(database, FILES).awaitReady();

    namespace.awaitEvents(
        "involvedObject.kind=DatabaseMigration",
        "databasemigration/orders",
        "MigrationRunning",
        "Applied");
  }
}
