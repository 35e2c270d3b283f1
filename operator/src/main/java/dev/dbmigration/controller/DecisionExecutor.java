package dev.dbmigration.controller;

import dev.dbmigration.api.v1alpha1.DatabaseMigration;
import dev.dbmigration.controller.cluster.ClusterCache;
import dev.dbmigration.controller.cluster.Fresh;
import dev.dbmigration.controller.run.ActiveRuns;
import dev.dbmigration.model.ResourceRef;
import dev.dbmigration.reconcile.Decision;
import dev.dbmigration.reconcile.Observation;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.List;
import java.util.function.Consumer;

/**
 * Carries decisions out.
 *
 * @param client reaches the cluster
 * @param launcher starts runs
 * @param tidier looks after Jobs whose runs have ended
 * @param runs that are active
 * @param wake has a resource reconciled again
 */
record DecisionExecutor(
    KubernetesClient client,
    Launcher launcher,
    Tidier tidier,
    ActiveRuns runs,
    Consumer<ResourceRef> wake) {

  /** Does what was decided; says what it has become. */
  Decision carryOut(
      DatabaseMigration resource, Observation seen, Decision decision, ClusterCache cache) {
    var carriedOut = done(resource, seen, decision, cache);
    takePlace(seen, carriedOut);
    return carriedOut;
  }

  private Decision done(
      DatabaseMigration resource, Observation seen, Decision decision, ClusterCache cache) {
    return switch (decision) {
      case Decision.Launch launch ->
          launcher.launch(Fresh.of(client, resource), seen, launch, cache);
      case Decision.Tidy(List<Decision.Tidying> jobs, Decision otherwise) ->
          tidier.tidy(resource, jobs, cache) ? decision : done(resource, seen, otherwise, cache);
      case Decision.Release(List<Decision.Tidying> untidy) -> {
        tidier.release(resource, untidy, cache);
        yield decision;
      }
      case Decision.AwaitEnd _,
          Decision.Await _,
          Decision.Settle _,
          Decision.Rest _,
          Decision.Stall _,
          Decision.RetryLater _,
          Decision.Refuse _,
          Decision.Suspend _,
          Decision.Queue _ ->
          decision;
    };
  }

  /** Whoever is told to wait is woken in time; whoever is not makes way for the next. */
  private void takePlace(Observation seen, Decision carriedOut) {
    if (carriedOut instanceof Decision.Queue) {
      runs.await(seen.resource(), () -> wake.accept(seen.resource()));
    } else {
      runs.leave(seen.resource());
    }
    runs.wakeWaiting();
  }
}
