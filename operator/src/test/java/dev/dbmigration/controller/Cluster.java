package dev.dbmigration.controller;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.dbmigration.api.v1alpha1.DatabaseMigration;
import dev.dbmigration.config.OperatorSettings;
import dev.dbmigration.support.ApiRequest;
import dev.dbmigration.support.InMemoryKubernetes;
import dev.dbmigration.support.LocalJobController;
import dev.dbmigration.support.ScriptedPods;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.events.v1.Event;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** A cluster in memory with scripted pods, in which the real operator works. */
final class Cluster implements AutoCloseable {

  static final Duration PATIENCE = Duration.ofSeconds(90);

  final InMemoryKubernetes kubernetes = InMemoryKubernetes.start();
  final ScriptedPods pods = new ScriptedPods();
  final KubernetesClient client = kubernetes.client();
  final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
  private final LocalJobController jobs = LocalJobController.start(kubernetes, pods);
  private final List<OperatorRuntime> operators = new ArrayList<>();
  private final Map<String, String> settings = new HashMap<>();
  private Clock clock = Clock.systemUTC();

  Cluster() {
    set("RUNNER_IMAGE", "runner");
    set("CONFIG_MAP_INTERVAL", "1s");
  }

  /** Changes a setting of operators that are started from now on. */
  Cluster set(String setting, String value) {
    settings.put("DBMIGRATION_OPERATOR_" + setting, value);
    return this;
  }

  /** Operators that are started from now on see every pause as over. */
  Cluster withoutPauses() {
    return aheadOfTime(Duration.ofHours(1));
  }

  /** The clock of operators that are started from now on is fast by so much. */
  Cluster aheadOfTime(Duration time) {
    clock = Clock.offset(Clock.systemUTC(), time);
    return this;
  }

  /** Operators that are started from now on see no pause as over. */
  Cluster withEndlessPauses() {
    clock = Clock.offset(Clock.systemUTC(), Duration.ofHours(-1));
    return this;
  }

  /** Operators that are started from now on read the time there. */
  Cluster withClock(Clock other) {
    clock = other;
    return this;
  }

  /** Reasons of the events of a resource. */
  List<String> eventReasons(String name) {
    return client.events().v1().events().inNamespace("shop").list().getItems().stream()
        .filter(event -> event.getRegarding().getName().equals(name))
        .map(Event::getReason)
        .toList();
  }

  /** Starts an operator whose requests carry its name. */
  OperatorRuntime startOperator(String agent) {
    var runtime =
        OperatorRuntime.of(
            kubernetes.client(agent, config -> config.withRequestRetryBackoffLimit(0)),
            OperatorSettings.read(settings),
            metrics,
            clock);
    operators.add(runtime);
    runtime.start();
    return runtime;
  }

  DatabaseMigration create(DatabaseMigration resource) {
    return client.resource(resource).create();
  }

  Optional<DatabaseMigration> get(String name) {
    return Optional.ofNullable(
        client.resources(DatabaseMigration.class).inNamespace("shop").withName(name).get());
  }

  void edit(String name, UnaryOperator<DatabaseMigration> change) {
    client.resources(DatabaseMigration.class).inNamespace("shop").withName(name).edit(change);
  }

  void delete(String name) {
    client.resources(DatabaseMigration.class).inNamespace("shop").withName(name).delete();
  }

  List<Job> jobs() {
    return client.batch().v1().jobs().inNamespace("shop").list().getItems();
  }

  Optional<Condition> condition(String name, String type) {
    return get(name)
        .map(DatabaseMigration::getStatus)
        .flatMap(status ->
            status.conditions().stream().filter(c -> c.getType().equals(type)).findFirst());
  }

  /** Waits until the condition Ready has a status and a reason. */
  void awaitReady(String name, String status, String reason) {
    eventually(() ->
        assertThat(condition(name, "Ready"))
            .hasValueSatisfying(ready -> {
              assertThat(ready.getReason()).as(ready.getMessage()).isEqualTo(reason);
              assertThat(ready.getStatus()).isEqualTo(status);
            }));
  }

  void eventually(Runnable assertion) {
    await().atMost(PATIENCE).pollInterval(Duration.ofMillis(50)).untilAsserted(assertion::run);
  }

  /** Waits until nothing has been asked of the API server for a while, apart from watches. */
  void awaitSilence(Duration silence) {
    var last = new long[] {-1};
    await()
        .atMost(PATIENCE)
        .pollInterval(silence)
        .until(() -> {
          long now = kubernetes.requests().count(request -> isOfOperator(request));
          boolean isSilent = now == last[0];
          last[0] = now;
          return isSilent;
        });
  }

  static boolean isOfOperator(ApiRequest request) {
    return request.agent().startsWith("operator");
  }

  /** Waits until the Job of a run is there and has no end. */
  String awaitRunningPod() {
    eventually(() -> assertThat(pods.jobs()).isNotEmpty());
    return pods.jobs().iterator().next();
  }

  /** Starts an operator of which nothing is left after the nth write. */
  void startOperatorThatDiesAfterWrite(int nth, String agent) {
    kubernetes.faults().killClientAfterNth(ApiRequest::isWrite, nth, agent);
    startOperator(agent);
  }

  long writesOf(String agent) {
    return kubernetes
        .requests()
        .count(request -> request.agent().equals(agent) && request.isWrite());
  }

  @Override
  public void close() {
    operators.forEach(OperatorRuntime::close);
    jobs.close();
    kubernetes.close();
    ChartRights.coverAll(kubernetes.requests().all());
  }
}
