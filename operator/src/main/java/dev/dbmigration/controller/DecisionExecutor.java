package dev.dbmigration.controller;

import dev.dbmigration.api.v1alpha1.DatabaseMigration;
import dev.dbmigration.controller.cluster.ApiError;
import dev.dbmigration.controller.cluster.ClusterCache;
import dev.dbmigration.controller.cluster.Fresh;
import dev.dbmigration.controller.run.ActiveRuns;
import dev.dbmigration.model.ResourceRef;
import dev.dbmigration.reconcile.Decision;
import dev.dbmigration.reconcile.Observation;
import io.fabric8.kubernetes.api.model.DeletionPropagation;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.util.List;
import java.util.function.Consumer;

/**
 * Carries decisions out.
 *
 * @param client reaches the cluster
 * @param launcher starts runs
 * @param runs that are active
 * @param wake has a resource reconciled again
 */
record DecisionExecutor(
    KubernetesClient client, Launcher launcher, ActiveRuns runs, Consumer<ResourceRef> wake) {

  /** Does what was decided; says what it has become. */
  Decision carryOut(
      DatabaseMigration resource, Observation seen, Decision decision, ClusterCache cache) {
    var carriedOut =
        switch (decision) {
          case Decision.Launch launch ->
              launcher.launch(Fresh.of(client, resource), seen, launch, cache);
          case Decision.Tidy(List<Decision.Tidying> jobs) -> {
            jobs.forEach(job -> tidy(resource, job, cache));
            yield decision;
          }
          case Decision.Release(List<Decision.Tidying> untidy) -> {
            untidy.forEach(job -> tidy(resource, job, cache));
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
    takePlace(seen, carriedOut);
    return carriedOut;
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

  private void tidy(DatabaseMigration resource, Decision.Tidying tidying, ClusterCache cache) {
    switch (tidying) {
      case Decision.Tidying.HandOver handOver -> handOver(resource, handOver, cache);
      case Decision.Tidying.Delete(String job) ->
          client
              .batch()
              .v1()
              .jobs()
              .inNamespace(resource.getMetadata().getNamespace())
              .withName(job)
              .withPropagationPolicy(DeletionPropagation.BACKGROUND)
              .delete();
    }
  }

  private void handOver(
      DatabaseMigration resource, Decision.Tidying.HandOver tidying, ClusterCache cache) {
    var before =
        cache.jobs().stream()
            .filter(job -> job.getMetadata().getName().equals(tidying.job()))
            .findFirst();
    try {
      var change = tidied(resource, tidying);
      var after = client.resource(change).patch(PatchContext.of(PatchType.JSON_MERGE), change);
      before.ifPresent(job -> cache.updated(after, job));
    } catch (KubernetesClientException e) {
      if (!ApiError.isNotFound(e)) {
        throw e;
      }
    }
  }

  /** What changes of a Job; the rest of it is left as it is. */
  private static Job tidied(HasMetadata owner, Decision.Tidying.HandOver tidying) {
    return new JobBuilder()
        .withNewMetadata()
        .withNamespace(owner.getMetadata().getNamespace())
        .withName(tidying.job())
        .addNewOwnerReference()
        .withApiVersion(owner.getApiVersion())
        .withKind(owner.getKind())
        .withName(owner.getMetadata().getName())
        .withUid(owner.getMetadata().getUid())
        .withController(true)
        .withBlockOwnerDeletion(false)
        .endOwnerReference()
        .endMetadata()
        .withNewSpec()
        .withTtlSecondsAfterFinished((int) tidying.timeToLive().toSeconds())
        .endSpec()
        .build();
  }
}
