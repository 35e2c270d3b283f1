package dev.dbmigration.controller;

import dev.dbmigration.api.v1alpha1.DatabaseMigration;
import dev.dbmigration.controller.cluster.ApiError;
import dev.dbmigration.controller.cluster.ClusterCache;
import dev.dbmigration.model.Reason;
import dev.dbmigration.reconcile.Decision;
import io.fabric8.kubernetes.api.model.DeletionPropagation;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hands Jobs whose runs have ended to garbage collection, or deletes them. Their results are in the
 * status: what the cluster refuses here is told, and fails nothing else.
 *
 * @param client reaches the cluster
 * @param events for people who look at the resource
 */
record Tidier(KubernetesClient client, EventRecorder events) {

  private static final Logger LOG = LoggerFactory.getLogger(Tidier.class);

  private static final String TRIED_AGAIN =
      "Allow the operator to patch and delete Jobs, or delete that Job. It is tried again by"
          + " itself, and runs go on meanwhile.";

  private static final String GOES = "The resource goes nevertheless: delete that Job by hand.";

  /** Tidies Jobs of a resource that stays; says whether the cluster let it tidy all of them. */
  boolean tidy(DatabaseMigration resource, List<Decision.Tidying> jobs, ClusterCache cache) {
    return tidy(resource, jobs, cache, TRIED_AGAIN);
  }

  /** Tidies Jobs of a resource that goes. */
  void release(DatabaseMigration resource, List<Decision.Tidying> jobs, ClusterCache cache) {
    tidy(resource, jobs, cache, GOES);
  }

  private boolean tidy(
      DatabaseMigration resource, List<Decision.Tidying> jobs, ClusterCache cache, String remedy) {
    boolean isAllDone = true;
    for (var job : jobs) {
      try {
        tidy(resource, job, cache);
      } catch (KubernetesClientException e) {
        isAllDone &= ApiError.isNotFound(e);
        if (!ApiError.isNotFound(e)) {
          tell(resource, job, e, remedy);
        }
      }
    }
    return isAllDone;
  }

  private void tell(
      DatabaseMigration resource,
      Decision.Tidying tidying,
      KubernetesClientException e,
      String remedy) {
    var job =
        switch (tidying) {
          case Decision.Tidying.HandOver handOver -> handOver.job();
          case Decision.Tidying.Delete delete -> delete.job();
        };
    var words = ApiError.words(e);
    LOG.atWarn()
        .addKeyValue("namespace", resource.getMetadata().getNamespace())
        .addKeyValue("name", resource.getMetadata().getName())
        .addKeyValue("job", job)
        .addKeyValue("why", words)
        .log("a Job whose run has ended could not be tidied");
    events.record(
        resource,
        EventRecorder.Kind.WARNING,
        Reason.JOB_REFUSED.text(),
        "Kubernetes refuses to have Job %s tidied, whose run has ended and is recorded: %s %s"
            .formatted(job, sentence(words), remedy));
  }

  private static String sentence(String words) {
    return words.endsWith(".") ? words : words + ".";
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
    var change = tidied(resource, tidying);
    var after = client.resource(change).patch(PatchContext.of(PatchType.JSON_MERGE), change);
    before.ifPresent(job -> cache.updated(after, job));
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
