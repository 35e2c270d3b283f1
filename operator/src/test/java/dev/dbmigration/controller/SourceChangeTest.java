package dev.dbmigration.controller;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dbmigration.api.v1alpha1.DatabaseMigrationStatus;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Sources that change, are missing, and appear. */
class SourceChangeTest {

  private static final Map<String, String> WATCHED = Map.of("dbmigration.dev/source", "true");

  private final Cluster cluster = new Cluster();

  @AfterEach
  void close() {
    cluster.close();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aConfigMapThatIsEditedStartsAnotherRun(boolean isWatched) {
    cluster.pods.onStart(Reports::success);
    var labels = isWatched ? WATCHED : Map.<String, String>of();
    cluster.set("CONFIG_MAP_INTERVAL", isWatched ? "1h" : "1s").startOperator("operator");
    cluster.client.resource(Resources.configMap("files", "one", labels)).create();
    cluster.create(Resources.fromConfigMap("orders", "files"));
    cluster.awaitReady("orders", "True", "Applied");

    cluster.client.resource(Resources.configMap("files", "two", labels)).update();

    cluster.eventually(() -> assertThat(runs()).isEqualTo(2));
    cluster.awaitReady("orders", "True", "Applied");
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aConfigMapThatIsEditedDuringARunStartsAnotherOneAfterwards(boolean isWatched) {
    var labels = isWatched ? WATCHED : Map.<String, String>of();
    cluster.set("CONFIG_MAP_INTERVAL", isWatched ? "1h" : "1s").startOperator("operator");
    cluster.client.resource(Resources.configMap("files", "one", labels)).create();
    cluster.create(Resources.fromConfigMap("orders", "files"));
    var first = cluster.awaitRunningPod();

    cluster.client.resource(Resources.configMap("files", "two", labels)).update();

    cluster.eventually(() ->
        assertThat(cluster.condition("orders", "Ready").orElseThrow().getMessage())
            .contains("another run follows"));
    cluster.pods.onStart(Reports::success);
    cluster.pods.end(first, Reports.success(1));
    cluster.eventually(() -> assertThat(runs()).isEqualTo(2));
    cluster.awaitReady("orders", "True", "Applied");
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void contentThatARunDidNotReadIsNeverCalledApplied(boolean isWatched) {
    var labels = isWatched ? WATCHED : Map.<String, String>of();
    var one = Resources.configMap("files", "one", labels);
    var two = Resources.configMap("files", "two", labels);
    cluster.withoutPauses().startOperator("operator");
    cluster.client.resource(one).create();
    cluster.create(Resources.fromConfigMap("orders", "files"));
    var first = cluster.awaitRunningPod();

    cluster.client.resource(two).update();
    cluster.client.resource(one).update();
    cluster.pods.end(first, Reports.reading(cluster.pods.requestOf(first), two));

    cluster.eventually(() -> assertThat(runs()).isEqualTo(2));
    cluster.eventually(() ->
        assertThat(cluster.eventReasons("orders"))
            .contains("SourceChanged")
            .doesNotContain("Applied"));
    var second = cluster.awaitRunningPod();
    cluster.pods.end(second, Reports.reading(cluster.pods.requestOf(second), one));
    cluster.awaitReady("orders", "True", "Applied");
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aMissingConfigMapIsNamedAndTheRunStartsWhenItAppears(boolean isWatched) {
    var labels = isWatched ? WATCHED : Map.<String, String>of();
    cluster.pods.onStart(Reports::success);
    cluster.set("CONFIG_MAP_INTERVAL", "1s").startOperator("operator");
    cluster.create(Resources.fromConfigMap("orders", "files"));
    cluster.awaitReady("orders", "False", "ConfigMapNotFound");
    assertThat(cluster.condition("orders", "Ready").orElseThrow().getMessage())
        .contains("shop/files", "spec.source.configMaps");

    cluster.client.resource(Resources.configMap("files", "one", labels)).create();

    cluster.awaitReady("orders", "True", "Applied");
  }

  @ParameterizedTest
  @CsvSource({"true, one, 1", "true, two, 2", "false, one, 1", "false, two, 2"})
  void aConfigMapThatDisappearsDuringARunIsNamedUntilItIsBack(
      boolean isWatched, String contentAfterwards, int runs) {
    var labels = isWatched ? WATCHED : Map.<String, String>of();
    var files = Resources.configMap("files", "one", labels);
    cluster.set("CONFIG_MAP_INTERVAL", isWatched ? "1h" : "1s").startOperator("operator");
    cluster.client.resource(files).create();
    cluster.create(Resources.fromConfigMap("orders", "files"));
    var job = cluster.awaitRunningPod();
    cluster.client.resource(files).delete();
    cluster.eventually(() -> assertThat(readyMessage()).contains("is migrating", "shop/files"));

    cluster.pods.end(job, Reports.success(1));

    cluster.awaitReady("orders", "False", "ConfigMapNotFound");
    assertThat(readyMessage()).contains("shop/files", "does not exist");
    assertThat(status().lastRun().outcome()).isEqualTo("Succeeded");
    assertThat(cluster.eventReasons("orders")).doesNotContain("Applied");
    cluster.pods.onStart(Reports::success);
    cluster.client.resource(Resources.configMap("files", contentAfterwards, labels)).create();
    cluster.awaitReady("orders", "True", "Applied");
    assertThat(runs()).isEqualTo(runs);
  }

  @Test
  void aChangeOfTheRevisionStartsAnotherRun() {
    cluster.pods.onStart(Reports::success);
    cluster.startOperator("operator");
    cluster.create(Resources.inline("orders"));
    cluster.awaitReady("orders", "True", "Applied");

    cluster.edit("orders", resource -> Resources.withRevision(resource, "43"));

    cluster.eventually(() -> assertThat(runs()).isEqualTo(2));
    cluster.awaitReady("orders", "True", "Applied");
  }

  @Test
  void aSuspendedResourceStartsNothingUntilItGoesOn() {
    cluster.pods.onStart(Reports::success);
    cluster.startOperator("operator");
    cluster.create(Resources.suspended(Resources.inline("orders"), true));
    cluster.awaitReady("orders", "False", "Suspended");
    assertThat(cluster.jobs()).isEmpty();
    assertThat(cluster.condition("orders", "Reconciling")).isEmpty();

    cluster.edit("orders", resource -> Resources.suspended(resource, false));

    cluster.awaitReady("orders", "True", "Applied");
  }

  private int runs() {
    return status().runs();
  }

  private DatabaseMigrationStatus status() {
    return cluster.get("orders").orElseThrow().getStatus();
  }

  private String readyMessage() {
    return cluster.condition("orders", "Ready").orElseThrow().getMessage();
  }
}
