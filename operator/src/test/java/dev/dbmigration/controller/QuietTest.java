package dev.dbmigration.controller;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.dbmigration.model.Reason;
import dev.dbmigration.support.ApiRequest;
import dev.dbmigration.support.ScriptedPods.Script;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Waiting costs the cluster next to nothing. The resource that waits has a ConfigMap that is not
 * watched: each look at the resource is a request.
 */
class QuietTest {

  /** Longer than the period in which the number of looks at a resource is limited. */
  private static final Duration A_WHILE = Duration.ofSeconds(12);

  /**
   * Until the state is reached, and one look every ten seconds; a look a second would be twelve.
   */
  private static final int FEW = 7;

  private final Cluster cluster = new Cluster();

  @BeforeEach
  void looksSeldomAtConfigMaps() {
    cluster.set("CONFIG_MAP_INTERVAL", "1h");
  }

  @AfterEach
  void close() {
    cluster.close();
  }

  @Test
  void littleIsAskedDuringThePauseAfterAFailure() {
    cluster.pods.onStart(pod -> Reports.failure(pod, Reason.TARGET_UNREACHABLE));
    cluster.withEndlessPauses().startOperator("operator");

    createWithConfigMap();

    cluster.awaitReady("orders", "False", "TargetUnreachable");
    assertThatLittleIsAsked();
  }

  @Test
  void littleIsAskedWhileAResourceIsQueued() {
    cluster.set("MAX_CONCURRENT_RUNS", "1").startOperator("operator");
    cluster.create(Resources.inline("first"));
    cluster.awaitRunningPod();

    createWithConfigMap();

    cluster.awaitReady("orders", "False", "Queued");
    assertThatLittleIsAsked();
  }

  @Test
  void littleIsAskedWhileTheJobIsRefused() {
    cluster.kubernetes.faults().refuse(ApiRequest.matching("create", "jobs"), 403);
    cluster.startOperator("operator");

    createWithConfigMap();

    cluster.awaitReady("orders", "False", "JobRefused");
    assertThatLittleIsAsked();
  }

  @Test
  void littleIsAskedWhileAConfigMapIsMissing() {
    cluster.startOperator("operator");

    cluster.create(Resources.fromConfigMap("orders", "files"));

    cluster.awaitReady("orders", "False", "ConfigMapNotFound");
    assertThatLittleIsAsked();
  }

  @Test
  void littleIsAskedWhileARunIsActive() {
    cluster.startOperator("operator");

    createWithConfigMap();

    cluster.awaitReady("orders", "False", "MigrationRunning");
    assertThatLittleIsAsked();
  }

  @Test
  void littleIsAskedWhileAPodDoesNotStart() {
    cluster.pods.onStart(_ -> new Script.Unschedulable("0/3 nodes are available"));
    cluster.startOperator("operator");

    createWithConfigMap();

    cluster.awaitReady("orders", "False", "PodNotStarting");
    assertThatLittleIsAsked();
  }

  @Test
  void littleIsAskedWhileADeletedResourceWaitsForItsRun() {
    cluster.startOperator("operator");
    createWithConfigMap();
    cluster.awaitReady("orders", "False", "MigrationRunning");

    cluster.delete("orders");

    cluster.awaitReady("orders", "False", "Terminating");
    assertThatLittleIsAsked();
  }

  private void createWithConfigMap() {
    cluster.client.resource(Resources.configMap("files", "one", Map.of())).create();
    cluster.create(Resources.fromConfigMap("orders", "files"));
  }

  private void assertThatLittleIsAsked() {
    await().atMost(Cluster.PATIENCE).pollDelay(A_WHILE).until(() -> true);

    assertThat(looks()).isPositive().isLessThanOrEqualTo(FEW);
  }

  private long looks() {
    var looks = ApiRequest.matching("get", "configmaps").and(Cluster::isOfOperator);
    return cluster.kubernetes.requests().count(looks);
  }
}
