package dev.dbmigration.image;

import dev.dbmigration.api.v1alpha1.DatabaseMigration;
import dev.dbmigration.model.ExitCode;
import dev.dbmigration.model.RunOutcome;
import dev.dbmigration.model.RunReport;
import dev.dbmigration.support.InMemoryKubernetes;
import dev.dbmigration.support.LocalJobController;
import dev.dbmigration.support.ScriptedPods;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;

/**
 * The operator's start, and two resources on their way to Ready. Without leader election: a slow
 * machine must not lose the lease in the middle of the training.
 */
final class OperatorTraining {

  private static final Path ACCOUNT = Path.of("/var/run/secrets/kubernetes.io/serviceaccount");
  private static final int PORT = 18080;
  private static final Duration LONGEST = Duration.ofMinutes(10);

  private OperatorTraining() {}

  static void train(List<String> command)
      throws IOException, InterruptedException, GeneralSecurityException {
    var keys = SelfSigned.create();
    try (var kubernetes = InMemoryKubernetes.start();
        var pods = new ScriptedPods();
        var _ = LocalJobController.start(kubernetes, pods)) {
      pods.onStart(_ -> ScriptedPods.Script.End.reporting(ExitCode.SUCCEEDED, report()));
      var front = TlsFront.of(URI.create(kubernetes.url()), keys.serverContext());
      var operator = start(command, front.port(), keys);
      try {
        Awaitility.await("ready").atMost(LONGEST).until(() -> answers("/readyz"));
        work(kubernetes.client());
        Awaitility.await("metrics").atMost(LONGEST).until(() -> answers("/metrics"));
      } finally {
        operator.destroy();
        if (!operator.waitFor(LONGEST.toSeconds(), TimeUnit.SECONDS)) {
          operator.destroyForcibly();
        }
      }
    }
  }

  private static Process start(List<String> command, int apiPort, SelfSigned keys)
      throws IOException, GeneralSecurityException {
    Files.writeString(ACCOUNT.resolve("ca.crt"), keys.certificatePem());
    Files.writeString(ACCOUNT.resolve("token"), "training");
    Files.writeString(ACCOUNT.resolve("namespace"), "training");
    var builder = new ProcessBuilder(command).inheritIO();
    builder
        .environment()
        .putAll(
            Map.of(
                "KUBERNETES_SERVICE_HOST", "127.0.0.1",
                "KUBERNETES_SERVICE_PORT", Integer.toString(apiPort),
                "HOSTNAME", "training-0",
                "DBMIGRATION_OPERATOR_RUNNER_IMAGE", "dbmigration-operator",
                "DBMIGRATION_OPERATOR_LISTEN_PORT", Integer.toString(PORT)));
    return builder.start();
  }

  private static void work(KubernetesClient client) {
    client
        .resource(
            new ConfigMapBuilder()
                .withNewMetadata()
                .withName("orders")
                .withNamespace("training")
                .addToLabels("dbmigration.dev/source", "true")
                .endMetadata()
                .addToData("V1__create_orders.sql", "CREATE TABLE orders (id int);")
                .build())
        .create();
    var inline = Map.of("inline", Map.of("V1__create_orders.sql", "CREATE TABLE orders ();"));
    var configMaps = Map.of("configMaps", List.of(Map.of("name", "orders")));
    client.resource(resource("inline", inline)).create();
    client.resource(resource("config-maps", configMaps)).create();
    Awaitility.await("both resources are ready")
        .atMost(LONGEST)
        .until(() -> isReady(client, "inline") && isReady(client, "config-maps"));
  }

  private static GenericKubernetesResource resource(String name, Map<String, ?> source) {
    var resource = new GenericKubernetesResource();
    resource.setApiVersion("dbmigration.dev/v1alpha1");
    resource.setKind("DatabaseMigration");
    resource.setMetadata(new ObjectMetaBuilder().withName(name).withNamespace("training").build());
    var target = Map.of("engine", "postgresql", "secretName", "orders-db");
    resource.setAdditionalProperty("spec", Map.of("target", target, "source", source));
    return resource;
  }

  private static boolean isReady(KubernetesClient client, String name) {
    var resource =
        client.resources(DatabaseMigration.class).inNamespace("training").withName(name).get();
    return Optional.ofNullable(resource.getStatus()).stream()
        .flatMap(status -> status.conditions().stream())
        .anyMatch(condition ->
            condition.getType().equals("Ready") && condition.getStatus().equals("True"));
  }

  private static boolean answers(String path) throws InterruptedException {
    var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + PORT + path)).build();
    try (var client = HttpClient.newHttpClient()) {
      return client.send(request, BodyHandlers.discarding()).statusCode() == 200;
    } catch (IOException e) {
      return false;
    }
  }

  private static RunReport report() {
    var now = Instant.now();
    return new RunReport(
        1,
        now.minusSeconds(1),
        now,
        new RunOutcome.Succeeded(0),
        Optional.of("postgresql orders-db:5432/orders"),
        Optional.empty(),
        Optional.empty(),
        List.of());
  }
}
