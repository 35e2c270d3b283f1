package dev.dbmigration.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.client.dsl.NonDeletingOperation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.awaitility.Awaitility;

/**
 * A team's namespace, under restricted Pod Security, for one test.
 *
 * @param cluster where it is
 * @param name unique
 */
record TestNamespace(Cluster cluster, String name) {

  /** Makes a namespace whose name tells which test it belongs to. */
  static TestNamespace create(Cluster cluster, String test) {
    var words = test.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
    var name =
        words.substring(0, Math.min(40, words.length()))
            + "-"
            + UUID.randomUUID().toString().substring(0, 6);
    var namespace =
        new NamespaceBuilder()
            .withNewMetadata()
            .withName(name)
            .addToLabels("pod-security.kubernetes.io/enforce", "restricted")
            .endMetadata()
            .build();
    cluster.client().resource(namespace).create();
    return new TestNamespace(cluster, name);
  }

  /** Gives it up; the cluster removes what is in it in its own time. */
  void delete() {
    cluster.kubectl("delete", "databasemigrations", "--all", "-n", name, "--wait=false");
    cluster.kubectl("delete", "namespace", name, "--wait=false");
  }

  /** Runs kubectl in this namespace. */
  Command.Result kubectl(String... arguments) {
    return cluster.kubectl(inHere(arguments));
  }

  /** Applies a manifest, as a user does. */
  Command.Result apply(String manifest) {
    return cluster.kubectlReading(manifest, inHere("apply", "-f", "-"));
  }

  /** Applies a DatabaseMigration, which must be accepted. */
  Resource apply(Manifest manifest) {
    apply(manifest.text()).orFail();
    return resource(manifest.content().at("/metadata/name").asText());
  }

  /** Points a resource named orders, with these files, at a database. */
  Resource migrate(Database database, Map<String, String> files) {
    credentials(Manifest.SECRET, database);
    return apply(Manifest.named("orders").inline(files));
  }

  /** Waits until the events with a field say all of this; an event may follow its status. */
  void awaitEvents(String fields, String... words) {
    Awaitility.await()
        .atMost(Duration.ofMinutes(2))
        .untilAsserted(() ->
            assertThat(kubectl("get", "events", "--field-selector=" + fields).orFail())
                .contains(words));
  }

  /** A DatabaseMigration by its name. */
  Resource resource(String resource) {
    return new Resource(this, resource);
  }

  private String[] inHere(String... arguments) {
    var all = new ArrayList<>(List.of("-n", name));
    all.addAll(List.of(arguments));
    return all.toArray(String[]::new);
  }

  /** Makes or replaces a Secret. */
  void secret(String secret, Map<String, String> values) {
    cluster
        .client()
        .resource(
            new SecretBuilder()
                .withNewMetadata()
                .withName(secret)
                .withNamespace(name)
                .endMetadata()
                .withStringData(values)
                .build())
        .createOr(NonDeletingOperation::update);
  }

  /** Makes or replaces the Secret by which runs of this namespace reach a database. */
  void credentials(String secret, Database database) {
    secret(secret, database.credentials());
  }

  /** Makes or replaces a ConfigMap that the operator looks at every few minutes only. */
  void configMap(String configMap, Map<String, String> files) {
    configMap(configMap, files, Map.of());
  }

  /** Makes or replaces a ConfigMap that the operator watches. */
  void watchedConfigMap(String configMap, Map<String, String> files) {
    configMap(configMap, files, Map.of("dbmigration.dev/source", "true"));
  }

  private void configMap(String configMap, Map<String, String> files, Map<String, String> labels) {
    cluster
        .client()
        .resource(
            new ConfigMapBuilder()
                .withNewMetadata()
                .withName(configMap)
                .withNamespace(name)
                .withLabels(labels)
                .endMetadata()
                .withData(files)
                .build())
        .createOr(NonDeletingOperation::update);
  }

  /** All Jobs, oldest first. */
  List<Job> jobs() {
    return cluster.client().batch().v1().jobs().inNamespace(name).list().getItems().stream()
        .sorted(Comparator.comparing(job -> job.getMetadata().getCreationTimestamp()))
        .toList();
  }

  /** All pods, oldest first. */
  List<Pod> pods() {
    return cluster.client().pods().inNamespace(name).list().getItems().stream()
        .sorted(Comparator.comparing(pod -> pod.getMetadata().getCreationTimestamp()))
        .toList();
  }

  /** Kills the programs of the newest pod, as the kernel would when memory is short. */
  void killNewestRun() {
    cluster.killProgramsOf(pods().getLast().getMetadata().getUid());
  }

  /** What all pods have printed. */
  String podLogs() {
    var logs = new StringBuilder();
    for (var pod : pods()) {
      logs.append(kubectl("logs", "--all-containers", pod.getMetadata().getName()).stdout());
    }
    return logs.toString();
  }
}
