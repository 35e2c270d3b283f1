package dev.dbmigration.metrics;

import dev.dbmigration.model.Reason;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Locale;
import java.util.function.IntSupplier;
import java.util.function.ToIntFunction;

/**
 * The operator's own metrics. Tags come from closed sets only, never from a resource's name. The
 * names are those in {@code docs/reference/metrics.md}.
 */
public final class OperatorMetrics {

  /** Runs whose result is in a status, by outcome and reason. */
  public static final String RUNS = "dbmigration.runs";

  /** How long those runs took, from the Job's creation to its end, by outcome. */
  public static final String RUN_DURATION = "dbmigration.run.duration";

  /** Resources, by state. */
  public static final String RESOURCES = "dbmigration.resources";

  /** Runs that are active, without those whose pods cannot start. */
  public static final String ACTIVE_RUNS = "dbmigration.active.runs";

  /** How many runs may be active at once. */
  public static final String MAX_RUNS = "dbmigration.max.runs";

  /** Resources that wait until there is room for their run. */
  public static final String QUEUED = "dbmigration.queued.resources";

  /** Reconciliations that ended with an exception and are tried again. */
  public static final String FAILED_RECONCILIATIONS = "dbmigration.reconciliations.failed";

  private static final String OUTCOME = "outcome";
  private static final String REASON = "reason";
  private static final String STATE = "state";

  private final MeterRegistry registry;
  private final Counter failedReconciliations;

  /** Records into a registry. */
  public OperatorMetrics(MeterRegistry registry) {
    this.registry = registry;
    this.failedReconciliations =
        Counter.builder(FAILED_RECONCILIATIONS)
            .description("Reconciliations that ended with an exception and are tried again.")
            .register(registry);
  }

  /** A run's result went into the status. */
  public void recordRun(Reason reason, Duration duration) {
    var outcome = reason == Reason.APPLIED ? "succeeded" : "failed";
    Counter.builder(RUNS)
        .description("Runs whose result is in a status.")
        .tag(OUTCOME, outcome)
        .tag(REASON, reason.text())
        .register(registry)
        .increment();
    Timer.builder(RUN_DURATION)
        .description("From the creation of a run's Job to its end.")
        .tag(OUTCOME, outcome)
        .register(registry)
        .record(duration.isNegative() ? Duration.ZERO : duration);
  }

  /** A reconciliation ended with an exception. */
  public void recordFailedReconciliation() {
    failedReconciliations.increment();
  }

  /** Shows how many resources are in each state, counted when asked. */
  public void showResources(ToIntFunction<ResourceState> count) {
    for (var state : ResourceState.values()) {
      Gauge.builder(RESOURCES, count, counting -> counting.applyAsInt(state))
          .description("Resources that the operator looks after.")
          .tag(STATE, state.name().toLowerCase(Locale.ROOT))
          .strongReference(true)
          .register(registry);
    }
  }

  /** Shows how many runs are active, may be active, and wait. */
  public void showRuns(IntSupplier active, int limit, IntSupplier queued) {
    gauge(ACTIVE_RUNS, "Runs that are active, without those whose pods cannot start.", active);
    gauge(MAX_RUNS, "How many runs may be active at once.", () -> limit);
    gauge(QUEUED, "Resources that wait until there is room for their run.", queued);
  }

  private void gauge(String name, String description, IntSupplier value) {
    Gauge.builder(name, value, IntSupplier::getAsInt)
        .description(description)
        .strongReference(true)
        .register(registry);
  }
}
