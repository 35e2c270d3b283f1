package dev.dbmigration.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dbmigration.model.Reason;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Secrets and rows of the database stay where they are, also when something fails. */
@OnACluster
class SecrecyE2E {

  private static final String MARKER = "marker-0f5a3c-of-the-placeholder";

  @BeforeAll
  static void install() {
    Installation.shared();
  }

  @Test
  void aPasswordIsPrintedNowhere(TestNamespace namespace, Database database) {
    namespace.migrate(database, Map.of("V1__orders.sql", "CREATE TABLE orders ()")).awaitReady();

    assertThat(everythingPrinted(namespace)).contains("orders").doesNotContain(database.password());
  }

  @Test
  void aRefusedPasswordIsPrintedNowhere(TestNamespace namespace, Database database) {
    var wrong = new HashMap<>(database.credentials());
    wrong.put("password", MARKER);
    namespace.secret(Manifest.SECRET, wrong);

    namespace
        .apply(Manifest.named("orders").inline(Map.of("V1__orders.sql", "SELECT 1")))
        .awaitNotReady(Reason.LOGIN_REFUSED);

    assertThat(everythingPrinted(namespace)).contains("orders").doesNotContain(MARKER);
  }

  @Test
  void aSecretThatTheServerRepeatsIsMasked(TestNamespace namespace, Database database) {
    namespace.credentials(Manifest.SECRET, database);
    namespace.secret("words", Map.of("secret", MARKER));

    var status =
        namespace
            .apply(
                Manifest.named("orders")
                    .with("/spec/source/placeholdersSecretName", "words")
                    .inline(Map.of("V1__number.sql", "SELECT '${secret}'::int;")))
            .awaitStalled(Reason.MIGRATION_FAILED);

    assertThat(status.lastRun().failure().code()).isEqualTo("22P02");
    assertThat(everythingPrinted(namespace)).contains("22P02").doesNotContain(MARKER);
  }

  @Test
  void aRowThatViolatesAConstraintIsNotPrinted(TestNamespace namespace, Database database) {
    var row = database.query("SELECT md5('a customer')").getFirst();

    var status =
        namespace
            .migrate(
                database,
                Map.of(
                    "V1__customers.sql",
                    "CREATE TABLE customers (email text PRIMARY KEY);",
                    "V2__twice.sql",
                    "INSERT INTO customers SELECT md5('a customer') FROM generate_series(1, 2);"))
            .awaitStalled(Reason.MIGRATION_FAILED);

    assertThat(status.lastRun().failure().code()).isEqualTo("23505");
    assertThat(everythingPrinted(namespace)).contains("23505").doesNotContain(row);
  }

  private static String everythingPrinted(TestNamespace namespace) {
    return namespace.podLogs()
        + Installation.shared().logs()
        + namespace.kubectl("get", "dbm,jobs,pods,events", "-o", "yaml").orFail()
        + namespace.kubectl("get", "events.events.k8s.io", "-o", "yaml").orFail();
  }
}
