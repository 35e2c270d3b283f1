package dev.dbmigration.quickstart;

import dev.dbmigration.config.OperatorSettings;
import dev.dbmigration.config.Setting;
import dev.dbmigration.controller.OperatorRuntime;
import dev.dbmigration.support.InMemoryKubernetes;
import dev.dbmigration.support.LocalJobController;
import dev.dbmigration.support.ProcessPods;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.NonDeletingOperation;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.util.Map;
import java.util.function.UnaryOperator;

/** The real controller on a Kubernetes in memory, whose pods are processes of this machine. */
final class Cluster implements AutoCloseable {

  private final InMemoryKubernetes kubernetes = InMemoryKubernetes.start();
  private final LocalJobController jobs =
      LocalJobController.start(
          kubernetes,
          new ProcessPods(kubernetes.client(), ProcessPods.javaImage("dev.dbmigration.cli.Main")));
  private final OperatorRuntime operator =
      OperatorRuntime.of(
          kubernetes.client("operator", UnaryOperator.identity()),
          settings(),
          new SimpleMeterRegistry(),
          Clock.systemUTC());
  private final KubernetesClient client = kubernetes.client();

  private Cluster() {}

  static Cluster start() {
    var cluster = new Cluster();
    cluster.operator.start();
    return cluster;
  }

  private static OperatorSettings settings() {
    return OperatorSettings.read(
        Map.of(
            Setting.RUNNER_IMAGE.variable(), "local",
            Setting.RUNNER_ALLOW_LOOPBACK.variable(), "true",
            Setting.RUNNER_GRACE_PERIOD.variable(), "10s"));
  }

  String url() {
    return kubernetes.url();
  }

  KubernetesClient client() {
    return client;
  }

  /** As {@code kubectl apply} does, for objects that only one person applies. */
  void apply(HasMetadata object) {
    client.resource(object).createOr(NonDeletingOperation::update);
  }

  @Override
  public void close() {
    operator.close();
    jobs.close();
    kubernetes.close();
  }
}
