package dev.dbmigration.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dbmigration.model.Reason;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class OperatorMetricsTest {

  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);

  @Test
  void prometheusReadsTheDocumentedNames() throws IOException {
    recordEverything();

    var shown =
        registry
            .scrape()
            .lines()
            .filter(line -> line.startsWith("# TYPE "))
            .map(line -> line.split(" ")[2])
            .sorted();

    assertThat(shown).containsExactlyElementsOf(documented());
  }

  @Test
  void aRunCountsByOutcomeAndReason() {
    recordEverything();

    assertThat(registry.scrape())
        .contains("dbmigration_runs_total{outcome=\"failed\",reason=\"LockTimeout\"} 1.0")
        .contains("dbmigration_runs_total{outcome=\"succeeded\",reason=\"Applied\"} 1.0")
        .contains("dbmigration_resources{state=\"stalled\"} 3.0")
        .contains("dbmigration_active_runs 2.0");
  }

  private void recordEverything() {
    var metrics = new OperatorMetrics(registry);
    metrics.showRuns(() -> 2, 20, () -> 5);
    metrics.showResources(state -> state == ResourceState.STALLED ? 3 : 0);
    metrics.recordRun(Reason.APPLIED, Duration.ofSeconds(3));
    metrics.recordRun(Reason.LOCK_TIMEOUT, Duration.ofSeconds(3));
    metrics.recordFailedReconciliation();
  }

  private static List<String> documented() throws IOException {
    return Files.readString(Path.of("..", "docs", "reference", "metrics.md"))
        .lines()
        .filter(line -> line.startsWith("| `"))
        .map(line -> line.split("`")[1])
        .sorted()
        .toList();
  }
}
