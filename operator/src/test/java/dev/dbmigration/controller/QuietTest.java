package dev.dbmigration.controller;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.dbmigration.model.Reason;
import dev.dbmigration.support.ApiRequest;
import java.time.Duration;
import java.util.List;
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

  /** Whoever looks as often as it is allowed to sends at least 20. */
  private static final int FEW = 12;

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

  private void createWithConfigMap() {
    cluster.client.resource(Resources.configMap("files", "one", Map.of())).create();
    cluster.create(Resources.fromConfigMap("orders", "files"));
  }

  private void assertThatLittleIsAsked() {
    cluster.awaitSilence(Duration.ofSeconds(2));
    var before = requests().size();
    await().atMost(Cluster.PATIENCE).pollDelay(A_WHILE).until(() -> true);

    assertThat(requests().stream().skip(before)).hasSizeLessThanOrEqualTo(FEW);
  }

  private List<ApiRequest> requests() {
    return cluster.kubernetes.requests().all().stream()
        .filter(Cluster::isOfOperator)
        .filter(request -> !request.verb().equals("watch"))
        .toList();
  }
}
