package dev.dbmigration.support;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The image is a shell here, and the container's argument a script. */
class ProcessPodsTest {

  private static final Duration PATIENCE = Duration.ofMinutes(1);
  private static final String SLEEP = "echo started; while true; do sleep 0.1; done";

  private static final String JOB =
      """
      apiVersion: batch/v1
      kind: Job
      metadata: {name: j, namespace: shop}
      spec:
        template:
          metadata:
            annotations: {dbmigration.dev/inline: packed}
          spec:
            terminationGracePeriodSeconds: 2
            containers:
            - name: migrate
              volumeMounts:
              - {name: target, mountPath: /dbmigration/target}
              - {name: source, mountPath: /dbmigration/source/0}
              - {name: inline, mountPath: /dbmigration/inline}
              - {name: ca, mountPath: /dbmigration/ca}
            volumes:
            - {name: target, secret: {secretName: db, optional: true}}
            - {name: source, configMap: {name: files, optional: true}}
            - {name: ca, secret: {secretName: absent, optional: true}}
            - name: inline
              downwardAPI:
                items:
                - {path: files, fieldRef: {fieldPath: "metadata.annotations['dbmigration.dev/inline']"}}
      """;

  private final InMemoryKubernetes kubernetes = InMemoryKubernetes.start();
  private final KubernetesClient client = kubernetes.client();
  private final ProcessPods pods = new ProcessPods(client, List.of("/bin/sh", "-c"));
  private final LocalJobController controller = LocalJobController.start(kubernetes, pods);

  @AfterEach
  void stop() {
    controller.close();
    kubernetes.close();
  }

  @Test
  void mountsWhatThePodNamesAndReadsItsMessageAndExitCode() {
    client.resource(secret("db", "password", "s3cret")).create();
    client.resource(configMap("files", "V1__a.sql", "SELECT 1")).create();

    create(
        job(
            """
            cd $DBMIGRATION_ROOT
            cat target/password source/0/V1__a.sql inline/files
            ls ca
            echo
            printf report > $DBMIGRATION_TERMINATION_MESSAGE
            exit 11
            """));

    await().atMost(PATIENCE).until(() -> hasCondition("Failed"));
    var terminated = pod().getStatus().getContainerStatuses().getFirst().getState().getTerminated();
    assertThat(terminated.getExitCode()).isEqualTo(11);
    assertThat(terminated.getMessage()).isEqualTo("report");
    assertThat(log()).isEqualTo("s3cretSELECT 1packed\n");
  }

  @Test
  void sendsTheSignalToStopAndWaits() {
    create(job("trap 'echo bye; exit 22' TERM; " + SLEEP));
    awaitLog("started");

    client.pods().resource(pod()).delete();

    await().atMost(PATIENCE).until(() -> hasCondition("Failed") && pods.running().isEmpty());
    assertThat(kubernetes.podLogs().all()).anyMatch(log -> log.contains("bye"));
  }

  @Test
  void killsWhatDoesNotStopInTime() {
    create(job("trap '' TERM; " + SLEEP));
    awaitLog("started");

    client.pods().resource(pod()).delete();

    await().atMost(PATIENCE).until(() -> hasCondition("Failed") && pods.running().isEmpty());
  }

  @Test
  void leavesNoProcessBehind() {
    create(job("trap '' TERM; " + SLEEP));
    awaitLog("started");
    var process = pods.running().getFirst();

    controller.close();

    assertThat(process.isAlive()).isFalse();
  }

  @Test
  void waitsForAVolumeThatIsNotOptional() {
    var job = job("exit 0");
    job.getSpec().getTemplate().getSpec().getVolumes().getFirst().getSecret().setOptional(false);

    create(job);

    await()
        .atMost(PATIENCE)
        .until(() -> !podList().isEmpty() && !pod().getStatus().getContainerStatuses().isEmpty());
    var waiting = pod().getStatus().getContainerStatuses().getFirst().getState().getWaiting();
    assertThat(waiting.getReason()).isEqualTo("CreateContainerConfigError");
    assertThat(waiting.getMessage()).isEqualTo("secret \"db\" not found");
  }

  private void awaitLog(String text) {
    await().atMost(PATIENCE).until(() -> !podList().isEmpty() && log().contains(text));
  }

  private String log() {
    return client.pods().resource(pod()).getLog();
  }

  private Pod pod() {
    return podList().getFirst();
  }

  private List<Pod> podList() {
    return client.pods().inNamespace("shop").list().getItems();
  }

  private boolean hasCondition(String type) {
    var status = client.batch().v1().jobs().inNamespace("shop").withName("j").get().getStatus();
    return status != null
        && status.getConditions().stream().anyMatch(found -> found.getType().equals(type));
  }

  private void create(Job job) {
    client.resource(job).create();
  }

  private static Secret secret(String name, String key, String value) {
    return new SecretBuilder()
        .withNewMetadata()
        .withNamespace("shop")
        .withName(name)
        .endMetadata()
        .withStringData(Map.of(key, value))
        .build();
  }

  private static ConfigMap configMap(String name, String key, String value) {
    return new ConfigMapBuilder()
        .withNewMetadata()
        .withNamespace("shop")
        .withName(name)
        .endMetadata()
        .withData(Map.of(key, value))
        .build();
  }

  private static Job job(String script) {
    var job = Serialization.unmarshal(JOB, Job.class);
    job.getSpec().getTemplate().getSpec().getContainers().getFirst().setArgs(List.of(script));
    return job;
  }
}
