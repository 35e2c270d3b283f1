package dev.dbmigration.controller;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dbmigration.model.Reason;
import dev.dbmigration.support.ApiRequest;
import dev.dbmigration.support.ScriptedPods.Script;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobBuilder;
import java.time.Duration;
import java.util.Map;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Whether, and how many, runs are started. */
class LaunchTest {

  private final Cluster cluster = new Cluster();

  @AfterEach
  void close() {
    cluster.close();
  }

  @Test
  void neverMoreRunsAreActiveThanAllowedAndAllResourcesBecomeReady() {
    cluster.set("MAX_CONCURRENT_RUNS", "5");

    int most = new Crowd(cluster, 60).becomesReady();

    assertThat(most).isPositive().isLessThanOrEqualTo(5);
    assertThat(cluster.jobs()).hasSize(60);
  }

  @Test
  void aResourceThatWaitsIsQueuedAndStartsWhenAnotherRunEnds() {
    cluster.set("MAX_CONCURRENT_RUNS", "1").startOperator("operator");
    cluster.create(Resources.inline("first"));
    var job = cluster.awaitRunningPod();
    cluster.create(Resources.inline("second"));
    cluster.awaitReady("second", "False", "Queued");
    cluster.pods.onStart(Reports::success);

    cluster.pods.end(job, Reports.success(1));

    cluster.awaitReady("second", "True", "Applied");
  }

  @Test
  void aPodThatCannotStartHoldsUpNoOtherResource() {
    cluster.pods.onStart(pod ->
        pod.getMetadata().getName().startsWith("first")
            ? new Script.Unschedulable("0/3 nodes are available")
            : new Script.Run());
    cluster.set("MAX_CONCURRENT_RUNS", "1").startOperator("operator");
    cluster.create(Resources.inline("first"));
    cluster.awaitReady("first", "False", "PodNotStarting");

    cluster.create(Resources.inline("second"));
    cluster.awaitReady("second", "False", "MigrationRunning");
    cluster.create(Resources.inline("third"));

    cluster.awaitReady("third", "False", "Queued");
    assertThat(cluster.condition("third", "Ready").orElseThrow().getMessage())
        .contains("1 run is active", "1 more, first of DatabaseMigration shop/first");
    cluster.awaitReady("first", "False", "PodNotStarting");
  }

  @Test
  void anOperatorThatStartsAnewKnowsWhichTargetsAreBusyBeforeItLooksAtTheirResources() {
    cluster.pods.onStart(Reports::success);
    var before = cluster.startOperator("operator-1");
    migrateFromConfigMap("orders");
    migrateFromConfigMap("billing");
    cluster.pods.onStart(_ -> new Script.Run());
    cluster.edit("orders", resource -> Resources.withRevision(resource, "2"));
    cluster.awaitReady("orders", "False", "MigrationRunning");
    cluster.edit("billing", resource -> Resources.withRevision(resource, "2"));
    cluster.awaitReady("billing", "False", "Queued");
    before.close();
    cluster.kubernetes.faults().refuse(looksAt("operator-2", "files-orders"), 403);

    cluster.startOperator("operator-2");

    awaitThatItHasReconciled("operator-2", "files-billing");
    assertThat(cluster.jobs()).hasSize(3);
    assertThat(cluster.condition("billing", "Ready").orElseThrow().getMessage())
        .startsWith("DatabaseMigration shop/orders is migrating the same database.");
  }

  @Test
  void anUpgradeOfTheOperatorStartsNothingAndWritesNothing() {
    cluster.pods.onStart(Reports::success);
    var before = cluster.set("CONFIG_MAP_INTERVAL", "1h").startOperator("operator-1");
    for (int i = 0; i < 50; i++) {
      cluster.client.resource(Resources.configMap("files-" + i, "one", Map.of())).create();
      cluster.create(Resources.fromConfigMap("orders-" + i, "files-" + i));
    }
    for (int i = 0; i < 50; i++) {
      cluster.awaitReady("orders-" + i, "True", "Applied");
    }
    cluster.eventually(() -> assertThat(cluster.jobs()).allMatch(LaunchTest::isHandedOver));
    before.close();

    cluster.set("CONFIG_MAP_INTERVAL", "1s").set("RUNNER_IMAGE", "runner:next");
    cluster.startOperator("operator-2");

    for (int i = 0; i < 50; i++) {
      awaitThatItHasReconciled("operator-2", "files-" + i);
    }
    assertThat(cluster.writesOf("operator-2")).isZero();
    assertThat(cluster.jobs()).hasSize(50);
  }

  @Test
  void nothingIsAskedOfTheClusterWhileNothingChanges() {
    cluster.pods.onStart(pod -> Reports.failure(pod, Reason.OUT_OF_ORDER));
    cluster.startOperator("operator");
    cluster.create(Resources.inline("orders"));
    cluster.awaitReady("orders", "False", "OutOfOrder");
    cluster.awaitSilence(Duration.ofSeconds(2));
    cluster.kubernetes.requests().clear();

    cluster.awaitSilence(Duration.ofSeconds(5));

    assertThat(cluster.kubernetes.requests().all())
        .filteredOn(Cluster::isOfOperator)
        .filteredOn(request -> !request.verb().equals("watch"))
        .isEmpty();
  }

  @Test
  void aRefusalOfTheJobIsReportedInTheServersWords() {
    cluster.kubernetes.faults().refuse(ApiRequest.matching("create", "jobs"), 403);
    cluster.startOperator("operator");

    cluster.create(Resources.inline("orders"));

    cluster.awaitReady("orders", "False", "JobRefused");
    assertThat(cluster.condition("orders", "Reconciling")).isPresent();
    cluster.awaitSilence(Duration.ofSeconds(2));
    assertThat(cluster.jobs()).isEmpty();
  }

  @Test
  void aForeignJobOfTheSameNameIsNotTakenForOurs() {
    var operator = cluster.startOperator("operator-1");
    cluster.create(Resources.suspended(Resources.inline("orders"), true));
    cluster.awaitReady("orders", "False", "Suspended");
    var uid = cluster.get("orders").orElseThrow().getMetadata().getUid();
    cluster.client.resource(foreignJob("orders-" + uid.substring(0, 8) + "-1")).create();

    cluster.edit("orders", resource -> Resources.suspended(resource, false));

    cluster.awaitReady("orders", "False", "NameConflict");
    assertThat(cluster.condition("orders", "Stalled")).isPresent();
    operator.close();
  }

  private static boolean isHandedOver(Job job) {
    return job.getSpec().getTtlSecondsAfterFinished() != null;
  }

  /** Whoever asks for a ConfigMap a second time has done what followed from the first answer. */
  private void awaitThatItHasReconciled(String operator, String configMap) {
    cluster.eventually(() ->
        assertThat(cluster.kubernetes.requests().count(looksAt(operator, configMap)))
            .isGreaterThan(1));
  }

  private static Predicate<ApiRequest> looksAt(String operator, String configMap) {
    return ApiRequest.matching("get", "configmaps")
        .and(request -> request.agent().equals(operator))
        .and(request -> request.name().equals(configMap));
  }

  private void migrateFromConfigMap(String name) {
    cluster.client.resource(Resources.configMap("files-" + name, "one", Map.of())).create();
    cluster.create(Resources.fromConfigMap(name, "files-" + name));
    cluster.awaitReady(name, "True", "Applied");
  }

  private static Job foreignJob(String name) {
    return new JobBuilder()
        .withNewMetadata()
        .withNamespace("shop")
        .withName(name)
        .endMetadata()
        .withNewSpec()
        .withNewTemplate()
        .withNewSpec()
        .addNewContainer()
        .withName("other")
        .endContainer()
        .endSpec()
        .endTemplate()
        .endSpec()
        .build();
  }
}
