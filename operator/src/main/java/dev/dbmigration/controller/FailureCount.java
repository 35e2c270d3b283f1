package dev.dbmigration.controller;

import dev.dbmigration.metrics.OperatorMetrics;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.javaoperatorsdk.operator.api.monitoring.Metrics;
import java.util.Map;

/**
 * Counts reconciliations that ended with an exception.
 *
 * @param metrics where to count
 */
record FailureCount(OperatorMetrics metrics) implements Metrics {

  @Override
  public void failedReconciliation(
      HasMetadata resource, Exception exception, Map<String, Object> metadata) {
    metrics.recordFailedReconciliation();
  }
}
