package dev.dbmigration.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A resource may name only Secrets that its author may read. */
@OnACluster
class AdmissionE2E {

  private static final Manifest ORDERS =
      Manifest.named("orders").inline(Map.of("V1__orders.sql", "CREATE TABLE orders ()"));

  @BeforeAll
  static void install() {
    Installation.shared();
  }

  @Test
  void anAuthorWhoMayNotReadTheSecretIsRefused(TestNamespace namespace, Database database) {
    namespace.credentials(Manifest.SECRET, database);
    allow(namespace, "carol", "databasemigrations.dbmigration.dev");

    var result = applyAs(namespace, "carol", ORDERS);

    assertThat(result.succeeded()).isFalse();
    assertThat(result.stderr()).contains("orders-db", "spec.target.secretName", "carol");
    assertThat(namespace.resource("orders").now()).isEmpty();
  }

  @Test
  void anAuthorWhoMayReadTheSecretIsServed(TestNamespace namespace, Database database) {
    namespace.credentials(Manifest.SECRET, database);
    allow(namespace, "dave", "databasemigrations.dbmigration.dev");
    allow(namespace, "dave", "secrets/" + Manifest.SECRET);

    applyAs(namespace, "dave", ORDERS).orFail();

    namespace.resource("orders").awaitReady();
  }

  @Test
  void anAuthorMayNotNameAnotherSecretLater(TestNamespace namespace, Database database) {
    namespace.credentials(Manifest.SECRET, database);
    allow(namespace, "erin", "databasemigrations.dbmigration.dev");
    allow(namespace, "erin", "secrets/" + Manifest.SECRET);
    applyAs(namespace, "erin", ORDERS).orFail();

    var result =
        applyAs(namespace, "erin", ORDERS.with("/spec/source/placeholdersSecretName", "of-others"));

    assertThat(result.succeeded()).isFalse();
    assertThat(result.stderr()).contains("of-others", "spec.source.placeholdersSecretName");
    namespace.resource("orders").awaitReady();
  }

  @Test
  void theOperatorMayNotReadSecretsAtAll(Cluster cluster) {
    var operator = Installation.shared();
    var account = operator.pods().getFirst().getSpec().getServiceAccountName();

    for (var verb : new String[] {"get", "list", "watch"}) {
      var answer =
          cluster.kubectl(
              "auth",
              "can-i",
              verb,
              "secrets",
              "--all-namespaces",
              "--as=system:serviceaccount:" + operator.namespace() + ":" + account);
      assertThat(answer.stdout().strip()).isEqualTo("no");
    }
  }

  private static void allow(TestNamespace namespace, String user, String what) {
    var role = user + "-" + what.replaceAll("[./]", "-");
    var split = what.split("/", 2);
    var named = split.length == 1 ? "" : "--resource-name=" + split[1];
    var verbs = split.length == 1 ? "--verb=get,create,patch" : "--verb=get";
    var create = new ArrayList<>(List.of("create", "role", role, verbs));
    create.add("--resource=" + split[0]);
    if (!named.isEmpty()) {
      create.add(named);
    }
    namespace.kubectl(create.toArray(String[]::new)).orFail();
    namespace.kubectl("create", "rolebinding", role, "--role=" + role, "--user=" + user).orFail();
  }

  private static Command.Result applyAs(TestNamespace namespace, String user, Manifest manifest) {
    return namespace
        .cluster()
        .kubectlReading(
            manifest.text(), "apply", "-n", namespace.name(), "--as=" + user, "-f", "-");
  }
}
