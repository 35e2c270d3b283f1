package dev.dbmigration.controller;

import dev.dbmigration.api.v1alpha1.DatabaseMigration;
import dev.dbmigration.controller.ClusterObserver.Sight;
import dev.dbmigration.controller.cluster.ClusterCache;
import dev.dbmigration.controller.cluster.StaleObservationException;
import dev.dbmigration.controller.run.PodEnds;
import dev.dbmigration.model.ResourceRef;
import dev.dbmigration.reconcile.Decision;
import dev.dbmigration.reconcile.Reconciliation;
import dev.dbmigration.reconcile.StatusView;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.javaoperatorsdk.operator.api.reconciler.Cleaner;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.DeleteControl;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.javaoperatorsdk.operator.processing.event.source.inbound.SimpleInboundEventSource;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Brings one resource at a time nearer to what it asks for: observe, decide, act, write status. */
final class DatabaseMigrationReconciler
    implements Reconciler<DatabaseMigration>, Cleaner<DatabaseMigration> {

  private record Step(Decision decision, Optional<Duration> nextLook) {}

  private final SimpleInboundEventSource<DatabaseMigration> wakeUps =
      new SimpleInboundEventSource<>("wake-ups");

  private final PodEnds ends = new PodEnds();
  private final Shared shared;
  private final ClusterObserver observer;
  private final DecisionExecutor executor;
  private final StatusWriter statuses;
  private final NextLook nextLook;

  /** Of all reconcilers of an operator, this one works with what they share. */
  DatabaseMigrationReconciler(KubernetesClient client, Shared shared) {
    this.shared = shared;
    this.observer =
        new ClusterObserver(
            client, shared.runs(), ends, new WishReader(client, shared.allowedKeys()));
    var launcher = new Launcher(client, shared.jobSettings(), shared.runs());
    var tidier = new Tidier(client, shared.announcer().events());
    this.executor = new DecisionExecutor(client, launcher, tidier, shared.runs(), this::wake);
    this.statuses = new StatusWriter(client);
    this.nextLook = new NextLook(shared.settings().configMapInterval());
  }

  @Override
  public List<EventSource<?, DatabaseMigration>> prepareEventSources(
      EventSourceContext<DatabaseMigration> context) {
    return List.of(
        WatchedObjects.jobs(context, shared.runs()),
        WatchedObjects.pods(context, ends),
        WatchedObjects.configMaps(context),
        wakeUps);
  }

  @Override
  public UpdateControl<DatabaseMigration> reconcile(
      DatabaseMigration resource, Context<DatabaseMigration> context) {
    var control = UpdateControl.<DatabaseMigration>noUpdate();
    try {
      step(resource, context).nextLook().ifPresent(control::rescheduleAfter);
    } catch (StaleObservationException _) {
      control.rescheduleAfter(NextLook.SOON);
    }
    return control;
  }

  @Override
  public DeleteControl cleanup(DatabaseMigration resource, Context<DatabaseMigration> context) {
    var control = DeleteControl.noFinalizerRemoval();
    try {
      var step = step(resource, context);
      if (step.decision() instanceof Decision.Release) {
        return DeleteControl.defaultDelete();
      }
      step.nextLook().ifPresent(control::rescheduleAfter);
    } catch (StaleObservationException _) {
      control.rescheduleAfter(NextLook.SOON);
    }
    return control;
  }

  private Step step(DatabaseMigration resource, Context<DatabaseMigration> context) {
    var cache = new ClusterCache(context);
    var now = shared.clock().instant();
    Sight sight = observer.observe(resource, cache, now);
    var seen = sight.observation();
    var decision = executor.carryOut(resource, seen, Reconciliation.decide(seen, now), cache);
    StatusView.of(seen, decision, now)
        .filter(view -> statuses.write(resource, view, cache))
        .ifPresent(view -> shared.announcer().announce(resource, seen.recorded(), view, decision));
    return new Step(decision, nextLook.after(sight, decision, now));
  }

  private void wake(ResourceRef resource) {
    wakeUps.propagateEvent(new ResourceID(resource.name(), resource.namespace()));
  }
}
