package dev.dbmigration.cli;

import dev.dbmigration.config.InvalidSettingsException;
import dev.dbmigration.config.OperatorSettings;
import dev.dbmigration.controller.HttpEndpoints;
import dev.dbmigration.controller.OperatorRuntime;
import dev.dbmigration.model.ExitCode;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.javaoperatorsdk.operator.OperatorException;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.time.Clock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The operator of a cluster, until the process is told to stop. */
final class OperatorCommand {

  private static final Logger LOG = LoggerFactory.getLogger(OperatorCommand.class);

  /** Returns the exit code. */
  int call() throws InterruptedException {
    try {
      return operate(OperatorSettings.read(System.getenv()));
    } catch (InvalidSettingsException e) {
      LOG.error(e.getMessage());
      return ExitCode.CONFIGURATION.number();
    } catch (IOException | OperatorException e) {
      LOG.error("the operator cannot start", e);
      return ExitCode.INTERNAL.number();
    }
  }

  private static int operate(OperatorSettings settings) throws IOException, InterruptedException {
    var registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    try (var client = new KubernetesClientBuilder().build();
        var operator = OperatorRuntime.of(client, settings, registry, Clock.systemUTC());
        var endpoints =
            HttpEndpoints.serve(
                settings.listenPort(), operator::isAlive, operator::isReady, registry::scrape)) {
      LOG.atInfo().addKeyValue("port", endpoints.port()).log("the operator starts");
      operator.start();
      operator.stopWithProcess();
      LOG.info("the operator is at work");
      Thread.currentThread().join();
    }
    return ExitCode.SUCCEEDED.number();
  }
}
