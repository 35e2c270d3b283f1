package dev.dbmigration.controller;

import dev.dbmigration.api.v1alpha1.DatabaseMigration;
import dev.dbmigration.controller.EventRecorder.Kind;
import dev.dbmigration.metrics.OperatorMetrics;
import dev.dbmigration.model.Reason;
import dev.dbmigration.reconcile.Condition;
import dev.dbmigration.reconcile.Decision;
import dev.dbmigration.reconcile.Recorded;
import dev.dbmigration.reconcile.RecordedRun;
import dev.dbmigration.reconcile.StatusView;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells of what has gone into a status, in log, events and metrics.
 *
 * @param events for people who look at the resource
 * @param metrics for those who look at the operator
 */
record Announcer(EventRecorder events, OperatorMetrics metrics) {

  private static final Logger LOG = LoggerFactory.getLogger(Announcer.class);

  void announce(DatabaseMigration resource, Recorded before, StatusView after, Decision decision) {
    ready(after.conditions())
        .filter(now -> isNews(before, now))
        .ifPresent(now -> tell(resource, now, after));
    if (decision instanceof Decision.Settle(RecordedRun run, var seen)) {
      count(run);
      seen.warnings()
          .forEach(text -> events.record(resource, Kind.WARNING, "MigrationWarning", text));
    }
  }

  private void tell(DatabaseMigration resource, Condition now, StatusView after) {
    var meta = resource.getMetadata();
    LOG.atInfo()
        .addKeyValue("namespace", meta.getNamespace())
        .addKeyValue("name", meta.getName())
        .addKeyValue("run", after.runs())
        .addKeyValue("reason", now.reason())
        .addKeyValue("condition", now.message())
        .log("the status has changed");
    events.record(resource, kind(now, after), now.reason(), now.message());
  }

  private void count(RecordedRun run) {
    switch (run.result()) {
      case RecordedRun.Result.Succeeded(Instant at) ->
          metrics.recordRun(Reason.APPLIED, Duration.between(run.startedAt(), at));
      case RecordedRun.Result.Failed(Instant at, var failure) ->
          metrics.recordRun(failure.reason(), Duration.between(run.startedAt(), at));
      case RecordedRun.Result.Running() -> {}
    }
  }

  private static boolean isNews(Recorded before, Condition now) {
    return ready(before.conditions())
        .filter(old -> old.reason().equals(now.reason()) && old.message().equals(now.message()))
        .isEmpty();
  }

  /** What is usually in progress may need a person, too. */
  private static Kind kind(Condition ready, StatusView after) {
    boolean isStalled =
        after.conditions().stream()
            .anyMatch(condition ->
                condition.type() == Condition.Type.STALLED
                    && condition.reason().equals(ready.reason()));
    return isStalled ? Kind.WARNING : kind(ready);
  }

  private static Kind kind(Condition ready) {
    return Reason.of(ready.reason())
            .map(Reason::disposition)
            .filter(disposition ->
                disposition == Reason.Disposition.READY
                    || disposition == Reason.Disposition.IN_PROGRESS)
            .isPresent()
        ? Kind.NORMAL
        : Kind.WARNING;
  }

  private static Optional<Condition> ready(List<Condition> conditions) {
    return conditions.stream()
        .filter(condition -> condition.type() == Condition.Type.READY)
        .findFirst();
  }
}
