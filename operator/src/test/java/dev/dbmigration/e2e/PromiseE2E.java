package dev.dbmigration.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.dbmigration.api.v1alpha1.DatabaseMigrationStatus;
import dev.dbmigration.model.Checksum;
import dev.dbmigration.model.Reason;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What the README promises in its first paragraph. */
@OnACluster
class PromiseE2E {

  private static final String ORDERS = "CREATE TABLE orders (id bigint PRIMARY KEY);\n";
  private static final String ITEMS = "CREATE TABLE items (id bigint PRIMARY KEY);\n";

  @BeforeAll
  static void install() {
    Installation.shared();
  }

  @Test
  void filesOfAConfigMapAreApplied(TestNamespace namespace, Database database) {
    namespace.credentials(Manifest.SECRET, database);
    namespace.configMap("files", Map.of("V1__orders.sql", ORDERS, "V2__items.sql", ITEMS));

    namespace.apply(Manifest.named("orders").fromConfigMap("files"));

    namespace.kubectl("wait", "dbm/orders", "--for=condition=Ready", "--timeout=4m").orFail();
    var status = namespace.resource("orders").status();
    assertThat(database.tables()).containsExactly("items", "orders");
    assertThat(status.currentVersion()).isEqualTo("2");
    assertThat(status.pending()).isZero();
    assertThat(status.target())
        .isEqualTo("postgresql %s:5432/%s".formatted(database.server().host(), database.name()));
  }

  @Test
  void inlineFilesAreAppliedAndEachIsShown(TestNamespace namespace, Database database) {
    var resource =
        namespace.migrate(
            database,
            Map.of(
                "V1__orders.sql",
                ORDERS,
                "R__all_orders.sql",
                "CREATE VIEW all_orders AS TABLE orders;"));

    var status = resource.awaitReady();

    assertThat(status.history())
        .extracting("version", "description", "state")
        .containsExactly(
            tuple("R all orders", "all orders", "Applied"), tuple("1", "orders", "Applied"));
    assertThat(status.history())
        .allSatisfy(migration -> {
          assertThat(migration.checksum()).startsWith("sha256:");
          assertThat(migration.appliedAt()).isNotNull();
          assertThat(migration.durationMillis()).isNotNegative();
        });
  }

  @Test
  void aBrokenFileStallsWithItsPlaceAndTheServersWords(TestNamespace namespace, Database database) {
    var resource =
        namespace.migrate(
            database,
            Map.of(
                "V1__orders.sql",
                ORDERS,
                "V2__total.sql",
                "-- totals\nALTER TABLE ordrs ADD total numeric;\n"));

    var status = resource.awaitStalled(Reason.MIGRATION_FAILED);

    var failure = status.lastRun().failure();
    assertThat(failure.file()).isEqualTo("V2__total.sql");
    assertThat(failure.line()).isEqualTo(2);
    assertThat(failure.column()).isEqualTo(1);
    assertThat(failure.code()).isEqualTo("42P01");
    assertThat(failure.message()).contains("relation \"ordrs\" does not exist");
    assertThat(failure.remedy()).isNotBlank();
    assertThat(stalledMessage(status))
        .contains("V2__total.sql:2:1", failure.message(), failure.remedy());
    assertThat(database.applied()).containsExactly("1");
  }

  @Test
  void aMendedFileIsAppliedWithoutRepeatingTheOthers(TestNamespace namespace, Database database) {
    namespace
        .migrate(database, Map.of("V1__orders.sql", ORDERS, "V2__items.sql", "CREATE TABEL items;"))
        .awaitStalled(Reason.MIGRATION_FAILED);

    var resource =
        namespace.migrate(database, Map.of("V1__orders.sql", ORDERS, "V2__items.sql", ITEMS));

    assertThat(resource.awaitReady().currentVersion()).isEqualTo("2");
    assertThat(database.applied()).containsExactly("1", "2");
  }

  @Test
  void anEditedAppliedFileIsRefusedBeforeAnythingRuns(TestNamespace namespace, Database database) {
    namespace.migrate(database, Map.of("V1__orders.sql", ORDERS)).awaitReady();
    var edited = ORDERS.replace("bigint", "int");

    var resource =
        namespace.migrate(database, Map.of("V1__orders.sql", edited, "V2__items.sql", ITEMS));

    var status = resource.awaitStalled(Reason.CHECKSUM_MISMATCH);
    assertThat(stalledMessage(status))
        .contains(
            "V1__orders.sql", Checksum.ofText(ORDERS).value(), Checksum.ofText(edited).value());
    assertThat(database.tables()).containsExactly("orders");
    assertThat(database.applied()).containsExactly("1");
  }

  @Test
  void applyingTheSameAgainLaunchesNothing(
      TestNamespace namespace, Database database, Database barrier) {
    var resource = namespace.migrate(database, Map.of("V1__orders.sql", ORDERS));
    resource.awaitReady();
    var status = resource.status();

    namespace.migrate(database, Map.of("V1__orders.sql", ORDERS));
    Installation.shared().away().close();
    namespace.kubectl("label", "dbm/orders", "looked=at").orFail();
    var labelled = resource.now().orElseThrow().getMetadata().getResourceVersion();
    namespace.credentials("later-db", barrier);
    namespace.apply(later()).awaitReady();

    assertThat(namespace.jobs()).hasSize(2);
    assertThat(resource.status()).isEqualTo(status);
    assertThat(resource.now().orElseThrow().getMetadata().getResourceVersion()).isEqualTo(labelled);
  }

  private static Manifest later() {
    return Manifest.named("later")
        .with("/spec/target/secretName", "later-db")
        .inline(Map.of("V1__items.sql", ITEMS));
  }

  private static String stalledMessage(DatabaseMigrationStatus status) {
    return status.conditions().stream()
        .filter(condition -> condition.getType().equals("Stalled"))
        .findFirst()
        .orElseThrow()
        .getMessage();
  }
}
