package dev.dbmigration.controller;

import dev.dbmigration.api.v1alpha1.DatabaseMigration;
import dev.dbmigration.controller.cluster.ApiError;
import dev.dbmigration.controller.cluster.ClusterCache;
import dev.dbmigration.controller.cluster.StaleObservationException;
import dev.dbmigration.controller.resource.Asked;
import dev.dbmigration.controller.run.ActiveRuns;
import dev.dbmigration.job.JobIdentity;
import dev.dbmigration.job.JobManifest;
import dev.dbmigration.job.JobSettings;
import dev.dbmigration.model.Failure;
import dev.dbmigration.model.Reason;
import dev.dbmigration.model.RunRequest;
import dev.dbmigration.model.Source;
import dev.dbmigration.reconcile.Decision;
import dev.dbmigration.reconcile.Inputs;
import dev.dbmigration.reconcile.JobState;
import dev.dbmigration.reconcile.Observation;
import dev.dbmigration.reconcile.RecordedRun;
import dev.dbmigration.reconcile.Room;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Instant;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Starts runs: one Job for each, created once.
 *
 * @param client reaches the cluster
 * @param settings of all Jobs
 * @param runs that are active
 */
record Launcher(KubernetesClient client, JobSettings settings, ActiveRuns runs) {

  /**
   * Starts a run, if it may start.
   *
   * @param resource as it is in the cluster now, complete
   * @return what became of it: an active run, or why there is none
   */
  Decision launch(
      DatabaseMigration resource, Observation seen, Decision.Launch launch, ClusterCache cache) {
    var asked = Asked.by(resource.getSpec());
    var request = request(resource, asked, seen, launch);
    var identity = JobIdentity.of(request);
    var room = runs.take(identity);
    if (!(room instanceof Room.Free)) {
      return new Decision.Queue(room);
    }
    try {
      var job = client.resource(JobManifest.of(request, settings, asked.pods())).create();
      return active(job, identity, launch, cache);
    } catch (KubernetesClientException e) {
      return notCreated(e, identity, launch, cache);
    }
  }

  /**
   * A name that is taken is not a failure if it is taken by this very run: the answer to an earlier
   * request was lost. In trouble of the server itself the room stays taken, because the Job may be
   * there.
   */
  private Decision notCreated(
      KubernetesClientException e,
      JobIdentity identity,
      Decision.Launch launch,
      ClusterCache cache) {
    if (ApiError.isConflict(e)) {
      return existing(identity)
          .map(job -> active(job, identity, launch, cache))
          .orElseGet(() -> taken(identity));
    }
    if (!ApiError.isRefusal(e)) {
      throw e;
    }
    runs.giveBack(identity);
    return new Decision.Refuse(
        Failure.of(
            Reason.JOB_REFUSED,
            "Kubernetes refuses Job %s: %s".formatted(identity.jobName(), ApiError.words(e)),
            "Remove what stands in the way, for example a quota; the Job is created every minute"
                + " until it is accepted"));
  }

  private Decision active(
      Job job, JobIdentity identity, Decision.Launch launch, ClusterCache cache) {
    cache.created(job);
    var run =
        new RecordedRun(
            identity.run(),
            identity.jobName(),
            launch.attempt(),
            identity.inputsHash(),
            Optional.ofNullable(job.getMetadata().getCreationTimestamp())
                .map(Instant::parse)
                .orElse(Instant.EPOCH),
            new RecordedRun.Result.Running());
    return new Decision.Await(run, new JobState.Pod.Fine());
  }

  private Optional<Job> existing(JobIdentity identity) {
    var job =
        client
            .batch()
            .v1()
            .jobs()
            .inNamespace(identity.resource().namespace())
            .withName(identity.jobName())
            .get();
    if (job == null) {
      throw new StaleObservationException("the Job was there and is gone");
    }
    var found = JobIdentity.of(job);
    if (found.filter(other -> isEarlierRunOf(identity, other)).isPresent()) {
      throw new StaleObservationException("the Job was created for what was asked for before");
    }
    return Optional.of(job).filter(_ -> found.filter(identity::equals).isPresent());
  }

  /** The answer to its creation was lost, and the specification has changed since. */
  private static boolean isEarlierRunOf(JobIdentity identity, JobIdentity other) {
    return other.resource().equals(identity.resource())
        && !other.inputsHash().equals(identity.inputsHash());
  }

  private Decision taken(JobIdentity identity) {
    runs.giveBack(identity);
    return new Decision.Refuse(
        Failure.of(
            Reason.NAME_CONFLICT,
            "Job %s/%s exists, but is not of this run"
                .formatted(identity.resource().namespace(), identity.jobName()),
            "Delete that Job; the run then starts within five minutes"));
  }

  private static RunRequest request(
      DatabaseMigration resource, Asked asked, Observation seen, Decision.Launch launch) {
    return new RunRequest(
        seen.resource(),
        launch.run(),
        asked.target(),
        source(resource, launch.content()),
        Optional.empty(),
        asked.placeholders(),
        asked.placeholdersSecretName(),
        asked.execution(),
        asked.policy(),
        seen.recorded().knownHead(),
        launch.inputsHash());
  }

  private static Source source(DatabaseMigration resource, Inputs.Content content) {
    return switch (content) {
      case Inputs.Content.Inline _ ->
          new Source.Inline(new TreeMap<>(resource.getSpec().source().inline()));
      case Inputs.Content.ConfigMaps(var parts) ->
          new Source.ConfigMaps(parts.stream().map(Launcher::configMap).toList());
    };
  }

  /** The pod may see another content than the operator did: the run then finds out. */
  private static Source.ConfigMap configMap(Inputs.Content.Part part) {
    return new Source.ConfigMap(part.name(), part.folder(), Optional.of(part.digest()));
  }
}
