package dev.dbmigration.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dbmigration.api.v1alpha1.DatabaseMigrationStatus;
import dev.dbmigration.model.Reason;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What a user is told when something that the resource names is not as it must be. */
@OnACluster
class BadInputE2E {

  private static final Map<String, String> FILES =
      Map.of("V1__orders.sql", "CREATE TABLE orders (id bigint PRIMARY KEY);");

  @BeforeAll
  static void install() {
    Installation.shared();
  }

  @Test
  void aWrongPasswordIsNamedAndMendedInTheSecret(TestNamespace namespace, Database database) {
    var wrong = new HashMap<>(database.credentials());
    wrong.put("password", "not-the-password");
    namespace.secret(Manifest.SECRET, wrong);

    var resource = namespace.apply(Manifest.named("orders").inline(FILES));

    var message = ready(resource.awaitNotReady(Reason.LOGIN_REFUSED));
    assertThat(message).contains(database.name(), "password").doesNotContain("not-the-password");
    namespace.credentials(Manifest.SECRET, database);
    resource.awaitReady();
  }

  @Test
  void anUnknownHostIsNamed(TestNamespace namespace, Database database) {
    namespace.credentials(Manifest.SECRET, database);

    var resource =
        namespace.apply(
            Manifest.named("orders")
                .with("/spec/target/host", "no-such-host.invalid")
                .inline(FILES));

    assertThat(ready(resource.awaitNotReady(Reason.TARGET_UNREACHABLE)))
        .contains("no-such-host.invalid");
    namespace.apply(Manifest.named("orders").inline(FILES)).awaitReady();
  }

  @Test
  void aMissingSecretIsNamedUntilItAppears(TestNamespace namespace, Database database) {
    var resource = namespace.apply(Manifest.named("orders").inline(FILES));

    assertThat(ready(resource.awaitNotReady(Reason.SECRET_NOT_FOUND))).contains(Manifest.SECRET);
    namespace.credentials(Manifest.SECRET, database);
    resource.awaitReady();
  }

  @Test
  void aMissingKeyIsNamedUntilItAppears(TestNamespace namespace, Database database) {
    var without = new HashMap<>(database.credentials());
    without.remove("password");
    namespace.secret(Manifest.SECRET, without);

    var resource = namespace.apply(Manifest.named("orders").inline(FILES));

    assertThat(ready(resource.awaitNotReady(Reason.SECRET_KEY_MISSING)))
        .contains(Manifest.SECRET, "password");
    namespace.credentials(Manifest.SECRET, database);
    resource.awaitReady();
  }

  @Test
  void aMissingConfigMapIsNamedUntilItAppears(TestNamespace namespace, Database database) {
    namespace.credentials(Manifest.SECRET, database);

    var resource = namespace.apply(Manifest.named("orders").fromConfigMap("files"));

    assertThat(ready(resource.awaitNotReady(Reason.CONFIG_MAP_NOT_FOUND))).contains("files");
    namespace.watchedConfigMap("files", FILES);
    resource.awaitReady();
  }

  @Test
  void aServerWithoutTlsIsToldWithTheFieldThatAllowsIt(TestNamespace namespace, Database database) {
    namespace.credentials(Manifest.SECRET, database);

    var resource =
        namespace.apply(Manifest.named("orders").without("/spec/target/tls").inline(FILES));

    assertThat(ready(resource.awaitNotReady(Reason.TLS_FAILED))).contains("target.tls.mode");
    namespace.apply(Manifest.named("orders").inline(FILES)).awaitReady();
  }

  @Test
  void aFullDiskIsToldInTheServersWordsAndPassesWhenThereIsRoom(TestNamespace namespace) {
    var server = PostgresServer.shared();
    var database = server.createDatabaseOnAFullDisk();

    var resource =
        namespace.migrate(
            database,
            Map.of(
                "V1__orders.sql",
                "CREATE TABLE orders AS SELECT generate_series(1, 200000) AS id;"));

    assertThat(ready(resource.awaitNotReady(Reason.DISK_FULL)))
        .contains("No space left on device", "V1__orders.sql");
    server.makeRoom();
    resource.awaitReady();
    assertThat(database.query("SELECT count(*)::text FROM orders")).containsExactly("200000");
  }

  @Test
  void aConfigMapWithoutMigrationsIsNeverReady(TestNamespace namespace, Database database) {
    namespace.credentials(Manifest.SECRET, database);
    namespace.watchedConfigMap("files", Map.of("README.md", "nothing yet"));

    var resource = namespace.apply(Manifest.named("orders").fromConfigMap("files"));

    assertThat(ready(resource.awaitStalled(Reason.SOURCE_EMPTY)))
        .contains("source holds no migration", "V1__");
    namespace.watchedConfigMap("files", FILES);
    resource.awaitReady();
  }

  private static String ready(DatabaseMigrationStatus status) {
    return status.conditions().stream()
        .filter(condition -> condition.getType().equals("Ready"))
        .findFirst()
        .orElseThrow()
        .getMessage();
  }
}
