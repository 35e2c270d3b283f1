package dev.dbmigration.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dbmigration.model.Reason;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** People and programs delete, evict and edit what belongs to a run, and nothing is lost. */
@OnACluster
class InterferenceE2E {

  private static final String ORDERS = "CREATE TABLE orders (id bigint PRIMARY KEY);\n";
  private static final String ITEMS = "CREATE TABLE items (id bigint PRIMARY KEY);\n";
  private static final Map<String, String> GATED =
      Map.of("V1__orders.sql", ORDERS + Gate.STATEMENT);

  @BeforeAll
  static void install() {
    Installation.shared();
  }

  @Test
  void aJobDeletedWhileItRunsIsReplaced(TestNamespace namespace, Database database) {
    try (var gate = Gate.closed(database)) {
      var resource = namespace.migrate(database, GATED);
      gate.awaitArrival();

      namespace.kubectl("delete", "jobs", "--all").orFail();
      gate.open();

      resource.awaitReady();
      assertThat(database.applied()).containsExactly("1");
    }
  }

  @Test
  void aJobDeletedAfterItsEndIsNotMissed(
      TestNamespace namespace, Database database, Database barrier) {
    var resource = namespace.migrate(database, Map.of("V1__orders.sql", ORDERS));
    resource.awaitReady();

    namespace.kubectl("delete", "jobs", "--all").orFail();
    namespace.credentials("later-db", barrier);
    namespace
        .apply(
            Manifest.named("later")
                .with("/spec/target/secretName", "later-db")
                .inline(Map.of("V1__items.sql", ITEMS)))
        .awaitReady();

    assertThat(resource.awaitReady().runs()).isEqualTo(1);
    assertThat(namespace.jobs())
        .allSatisfy(job -> assertThat(job.getMetadata().getName()).startsWith("later-"));
  }

  @Test
  void anEvictedRunStopsCleanlyAndIsRepeated(TestNamespace namespace, Database database) {
    try (var gate = Gate.closed(database)) {
      var resource = namespace.migrate(database, GATED);
      gate.awaitArrival();

      evict(namespace);
      resource.awaitNotReady(Reason.INTERRUPTED);
      gate.open();

      resource.awaitReady();
      assertThat(database.applied()).containsExactly("1");
    }
  }

  private static void evict(TestNamespace namespace) {
    var pod = namespace.pods().getLast().getMetadata().getName();
    namespace
        .cluster()
        .kubectlReading(
            """
            {"apiVersion": "policy/v1", "kind": "Eviction", "metadata": {"name": "%s", "namespace": "%s"}}
            """
                .formatted(pod, namespace.name()),
            "create",
            "--raw=/api/v1/namespaces/%s/pods/%s/eviction".formatted(namespace.name(), pod),
            "-f",
            "-")
        .orFail();
  }

  @ParameterizedTest
  @ValueSource(strings = {"background", "foreground", "orphan"})
  void aResourceDeletedWhileItRunsLetsTheRunEnd(
      String cascade, TestNamespace namespace, Database database) {
    try (var gate = Gate.closed(database)) {
      var resource = namespace.migrate(database, GATED);
      gate.awaitArrival();

      namespace.kubectl("delete", "dbm/orders", "--wait=false", "--cascade=" + cascade).orFail();
      resource.awaitNotReady(Reason.TERMINATING);
      gate.open();

      resource.awaitGone();
      assertThat(database.applied()).containsExactly("1");
      assertThat(database.tables()).containsExactly("orders");
    }
  }

  @Test
  void aResourceMadeAgainFindsEverythingApplied(TestNamespace namespace, Database database) {
    namespace.migrate(database, Map.of("V1__orders.sql", ORDERS)).awaitReady();
    namespace.kubectl("delete", "dbm/orders", "--timeout=4m").orFail();

    var resource = namespace.migrate(database, Map.of("V1__orders.sql", ORDERS));

    assertThat(resource.awaitReady().currentVersion()).isEqualTo("1");
    assertThat(database.applied()).containsExactly("1");
  }

  @Test
  void aWatchedConfigMapEditedDuringARunIsFollowedByAnother(
      TestNamespace namespace, Database database) {
    namespace.credentials(Manifest.SECRET, database);
    namespace.watchedConfigMap("files", GATED);
    try (var gate = Gate.closed(database)) {
      var resource = namespace.apply(Manifest.named("orders").fromConfigMap("files"));
      gate.awaitArrival();

      namespace.watchedConfigMap(
          "files", Map.of("V1__orders.sql", GATED.get("V1__orders.sql"), "V2__items.sql", ITEMS));
      gate.open();

      resource.await("at version 2", now -> "2".equals(now.getStatus().currentVersion()));
      assertThat(resource.awaitReady().runs()).isEqualTo(2);
      assertThat(database.applied()).containsExactly("1", "2");
    }
  }

  @Test
  void aDatabaseReplacedByAnEmptyOneIsMigratedAfresh(TestNamespace namespace, Database database) {
    namespace.migrate(database, Map.of("V1__orders.sql", ORDERS)).awaitReady();

    database.replaceByAnEmptyOne();
    var resource = namespace.apply(nextRevision(Map.of("V1__orders.sql", ORDERS)));

    assertThat(resource.awaitReady().currentVersion()).isEqualTo("1");
    assertThat(database.tables()).containsExactly("orders");
    namespace.awaitEvents("type=Warning", "MigrationWarning", "new database");
  }

  @Test
  void aDatabaseReplacedByAnOlderBackupIsRefused(TestNamespace namespace, Database database) {
    var two = Map.of("V1__orders.sql", ORDERS, "V2__items.sql", ITEMS);
    namespace.migrate(database, Map.of("V1__orders.sql", ORDERS)).awaitReady();
    var backup = database.backup();
    namespace.migrate(database, two).awaitReady();

    database.replaceBy(backup);
    var resource = namespace.apply(nextRevision(two));

    resource.awaitStalled(Reason.HISTORY_WENT_BACK);
    assertThat(database.applied()).containsExactly("1");
    assertThat(database.tables()).containsExactly("orders");
  }

  private static Manifest nextRevision(Map<String, String> files) {
    return Manifest.named("orders").inline(files).with("/spec/source/revision", "next");
  }
}
