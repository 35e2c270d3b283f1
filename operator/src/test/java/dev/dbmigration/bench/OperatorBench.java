package dev.dbmigration.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.dbmigration.api.v1alpha1.DatabaseMigration;
import dev.dbmigration.model.Checksum;
import dev.dbmigration.model.ExitCode;
import dev.dbmigration.model.HistoryEntry;
import dev.dbmigration.model.RunOutcome;
import dev.dbmigration.model.RunReport;
import dev.dbmigration.model.Version;
import dev.dbmigration.support.ApiRequest;
import dev.dbmigration.support.InMemoryKubernetes;
import dev.dbmigration.support.LocalJobController;
import dev.dbmigration.support.ScriptedPods;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The operator as a process, with the AOT cache that the image has too, in a cluster in memory. */
class OperatorBench {

  private static final int RESOURCES = 1000;
  private static final int ROUNDS = 5;
  private static final Checksum CHECKSUM = Checksum.ofText("bench");

  @TempDir private Path folder;

  private final InMemoryKubernetes kubernetes = InMemoryKubernetes.start();
  private final ScriptedPods pods = new ScriptedPods();
  private final KubernetesClient client = kubernetes.client();
  private final LocalJobController jobs = LocalJobController.start(kubernetes, pods);

  @AfterEach
  void stopTheCluster() {
    jobs.close();
    kubernetes.close();
  }

  @Test
  void startsAndIdles() throws Exception {
    pods.onStart(OperatorBench::success);
    create(1);
    var process = new OperatorProcess(folder, kubernetes.url());
    process.train(() -> awaitReady(1));

    var starts = new ArrayList<Double>();
    long idle = 0;
    for (int round = 0; round < ROUNDS; round++) {
      try (var operator = process.start()) {
        starts.add(operator.awaitReady().toNanos() / 1e9);
        Thread.sleep(Duration.ofSeconds(5));
        idle = Math.max(idle, operator.residentMemoryKiB());
      }
    }

    Figures.row(
        "operator, start to ready",
        Figures.number(Figures.median(starts)) + " s",
        "",
        "aim < 1.50 s");
    Figures.row(
        "operator, resident memory with one resource, idle",
        idle / 1024 + " MiB",
        "",
        "aim ≤ 128 MiB");
    assertThat(idle).isPositive();
  }

  @Test
  void keepsLittlePerResourceAndAsksNothingWhenIdle() throws Exception {
    pods.onStart(OperatorBench::success);
    create(1);
    var process = new OperatorProcess(folder, kubernetes.url());
    process.train(() -> awaitReady(1));
    try (var operator = process.start()) {
      operator.awaitReady();
      long before = operator.liveHeapKiB();
      for (int i = 2; i <= RESOURCES; i++) {
        create(i);
      }
      awaitReady(RESOURCES);
      Thread.sleep(Duration.ofSeconds(10));
      long after = operator.liveHeapKiB();
      kubernetes.requests().clear();
      Thread.sleep(Duration.ofMinutes(1));

      Figures.row(
          "operator, live heap per resource at " + RESOURCES + " resources with their Jobs",
          Figures.number((after - before) / (double) RESOURCES) + " KiB",
          "17.1 KiB for one cached Job as it is",
          "");
      Figures.row(
          "operator, resident memory with " + RESOURCES + " resources",
          operator.residentMemoryKiB() / 1024 + " MiB",
          "",
          "aim ≤ 128 MiB idle");
      Figures.row(
          "operator, API requests in an idle minute",
          idleRequests(),
          "",
          "only watches and the lease");
      assertThat(after).isGreaterThan(before);
    }
  }

  private String idleRequests() {
    var byKind =
        kubernetes.requests().all().stream()
            .filter(request -> request.agent().contains(OperatorProcess.AGENT))
            .collect(Collectors.groupingBy(OperatorBench::kind, Collectors.counting()));
    return byKind.values().stream().mapToLong(Long::longValue).sum() + " " + byKind;
  }

  private static String kind(ApiRequest request) {
    return request.verb() + " " + request.resource();
  }

  private void create(int number) {
    var resource =
        """
        apiVersion: dbmigration.dev/v1alpha1
        kind: DatabaseMigration
        metadata: {namespace: bench, name: orders-%d}
        spec:
          target: {engine: postgresql, host: db-%d, port: 5432, database: orders, secretName: orders}
          source: {inline: {V1__create.sql: "CREATE TABLE orders (id bigint PRIMARY KEY)"}}
        """
            .formatted(number, number);
    client
        .resources(DatabaseMigration.class)
        .load(new ByteArrayInputStream(resource.getBytes(StandardCharsets.UTF_8)))
        .create();
  }

  private void awaitReady(int count) {
    await()
        .atMost(Duration.ofMinutes(10))
        .pollInterval(Duration.ofSeconds(1))
        .until(() -> ready() >= count);
  }

  private long ready() {
    return client.resources(DatabaseMigration.class).inNamespace("bench").list().getItems().stream()
        .filter(resource -> resource.getStatus() != null)
        .flatMap(resource -> resource.getStatus().conditions().stream())
        .filter(condition ->
            condition.getType().equals("Ready") && condition.getStatus().equals("True"))
        .count();
  }

  private static ScriptedPods.Script success(Pod pod) {
    var request = ScriptedPods.requestOf(pod);
    var now = Instant.now();
    var item =
        new RunReport.Item(
            "1",
            "create",
            RunReport.State.APPLIED,
            Optional.of(CHECKSUM),
            Optional.of(now),
            Optional.of(7L));
    var history =
        new RunReport.HistoryState(
            Optional.of(Version.parse("1")),
            1,
            0,
            Optional.of(new HistoryEntry.Head(1, CHECKSUM)),
            List.of(item),
            List.of());
    var report =
        new RunReport(
            request.run(),
            now,
            now,
            new RunOutcome.Succeeded(1),
            Optional.of("postgresql " + request.target().host().orElse("") + ":5432/orders"),
            Optional.of(CHECKSUM),
            Optional.of(history),
            List.of());
    return ScriptedPods.Script.End.reporting(ExitCode.SUCCEEDED, report);
  }
}
