package dev.dbmigration.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

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

  static Stream<Arguments> placesOfSecrets() {
    var tls = Map.of("mode", "VerifyFull", "caSecretName", "of-others");
    var client = Map.of("mode", "Require", "clientCertificateSecretName", "of-others");
    var pull = List.of(Map.of("name", Manifest.SECRET), Map.of("name", "of-others"));
    return Stream.of(
        arguments("spec.target.secretName", "of-others"),
        arguments("spec.source.placeholdersSecretName", "of-others"),
        arguments("spec.target.tls.caSecretName", tls),
        arguments("spec.target.tls.clientCertificateSecretName", client),
        arguments("spec.job.imagePullSecrets[1].name", pull));
  }

  @ParameterizedTest
  @MethodSource("placesOfSecrets")
  void anAuthorMayNotNameAnotherSecretLater(
      String field, Object value, TestNamespace namespace, Database database) {
    namespace.credentials(Manifest.SECRET, database);
    allow(namespace, "erin", "databasemigrations.dbmigration.dev");
    allow(namespace, "erin", "secrets/" + Manifest.SECRET);
    applyAs(namespace, "erin", ORDERS).orFail();

    var result = applyAs(namespace, "erin", ORDERS.with(pointer(field), value));

    assertThat(result.succeeded()).isFalse();
    assertThat(result.stderr()).contains("of-others", field);
    namespace.resource("orders").awaitReady();
  }

  /** The value stands at the field, or at what holds it. */
  private static String pointer(String field) {
    var holder = field.replaceAll("(tls)\\..*|\\[.*", "$1");
    return "/" + holder.replace('.', '/');
  }

  /** What all questions cost together is less than what the API server allows. */
  @Test
  void anAuthorMayNameAsManySecretsAsThereArePlacesFor(TestNamespace namespace) {
    allow(namespace, "frank", "databasemigrations.dbmigration.dev");
    namespace.kubectl("create", "role", "all", "--verb=get", "--resource=secrets").orFail();
    namespace.kubectl("create", "rolebinding", "all", "--role=all", "--user=frank").orFail();
    var pull = IntStream.range(0, 10).mapToObj(i -> Map.of("name", "pull-" + i)).toList();
    var tls =
        Map.of("mode", "VerifyFull", "caSecretName", "ca", "clientCertificateSecretName", "client");

    var manifest =
        ORDERS
            .with("/spec/target/tls", tls)
            .with("/spec/source/placeholdersSecretName", "values")
            .with("/spec/job/imagePullSecrets", pull)
            .with("/spec/suspend", true);

    applyAs(namespace, "frank", manifest).orFail();
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
