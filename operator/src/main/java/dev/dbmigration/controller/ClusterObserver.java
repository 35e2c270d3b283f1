package dev.dbmigration.controller;

import dev.dbmigration.api.v1alpha1.DatabaseMigration;
import dev.dbmigration.controller.cluster.ClusterCache;
import dev.dbmigration.controller.resource.StatusReader;
import dev.dbmigration.controller.run.ActiveRuns;
import dev.dbmigration.controller.run.JobReader;
import dev.dbmigration.controller.run.PodEnds;
import dev.dbmigration.controller.run.PodReader;
import dev.dbmigration.job.JobIdentity;
import dev.dbmigration.model.ResourceRef;
import dev.dbmigration.reconcile.JobState;
import dev.dbmigration.reconcile.Observation;
import dev.dbmigration.reconcile.Observation.Deletion;
import dev.dbmigration.reconcile.Recorded;
import dev.dbmigration.reconcile.RecordedRun;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Looks at a resource and all that matters for it.
 *
 * @param client reaches the cluster
 * @param runs that are active
 * @param ends of pods
 * @param wishes reads what is asked for
 */
record ClusterObserver(KubernetesClient client, ActiveRuns runs, PodEnds ends, WishReader wishes) {

  /** Lets a resource go at once, although its run is active. */
  static final String RELEASE = "dbmigration.dev/release";

  /**
   * What was seen.
   *
   * @param observation for the decision
   * @param isWatched whether every change of the inputs is noticed by itself
   * @param nextPodLook when a pod is to be looked at again
   */
  record Sight(Observation observation, boolean isWatched, Optional<Duration> nextPodLook) {}

  Sight observe(DatabaseMigration resource, ClusterCache cache, Instant now) {
    var ref = ref(resource);
    var recorded = StatusReader.read(resource.getStatus());
    var reading = wishes.read(resource, cache);
    var jobs = jobs(ref, recorded, cache);
    var reader = new JobReader(new PodReader(client, ends), recorded, now);
    var states = jobs.stream().flatMap(job -> read(reader, job)).toList();
    noteRuns(ref, states);
    var observation =
        new Observation(
            ref,
            Optional.ofNullable(resource.getMetadata().getGeneration()).orElse(0L),
            deletion(resource),
            reading.wish(),
            recorded,
            states,
            runs.roomFor(ref));
    return new Sight(observation, reading.isWatched(), JobReader.nextLook(jobs));
  }

  static ResourceRef ref(DatabaseMigration resource) {
    var meta = resource.getMetadata();
    return new ResourceRef(meta.getNamespace(), meta.getName(), meta.getUid());
  }

  /** Where a resource's runs go is known as soon as the resource is, not when it is looked at. */
  static void noteTarget(DatabaseMigration resource, ActiveRuns runs) {
    Optional.ofNullable(resource.getStatus())
        .flatMap(status -> Optional.ofNullable(status.target()))
        .ifPresent(target -> runs.noteTarget(ref(resource), target));
  }

  private static Stream<JobState> read(JobReader reader, Job job) {
    return JobIdentity.of(job).stream().map(identity -> reader.read(job, identity));
  }

  /** The resource's Jobs; before one counts as vanished, the API server itself is asked. */
  private List<Job> jobs(ResourceRef ref, Recorded recorded, ClusterCache cache) {
    var known =
        cache.jobs().stream()
            .filter(job ->
                JobIdentity.of(job).filter(identity -> identity.resource().equals(ref)).isPresent())
            .toList();
    return recorded
        .lastRun()
        .filter(RecordedRun::isRunning)
        .filter(
            run -> known.stream().noneMatch(job -> job.getMetadata().getName().equals(run.job())))
        .flatMap(run -> find(ref, run))
        .map(unseen -> Stream.concat(known.stream(), Stream.of(unseen)).toList())
        .orElse(known);
  }

  private Optional<Job> find(ResourceRef ref, RecordedRun run) {
    var job = client.batch().v1().jobs().inNamespace(ref.namespace()).withName(run.job()).get();
    return Optional.ofNullable(job)
        .filter(found ->
            JobIdentity.of(found).filter(identity -> identity.resource().equals(ref)).isPresent());
  }

  private void noteRuns(ResourceRef ref, List<JobState> states) {
    var active =
        states.stream()
            .filter(JobState.Active.class::isInstance)
            .map(JobState.Active.class::cast)
            .toList();
    active.forEach(job -> runs.look(ref, job));
    if (active.isEmpty()) {
      runs.giveBackUnseen(ref);
    }
  }

  private static Deletion deletion(DatabaseMigration resource) {
    if (!resource.isMarkedForDeletion()) {
      return Deletion.NONE;
    }
    var annotations = resource.getMetadata().getAnnotations();
    boolean isForced = annotations != null && "true".equals(annotations.get(RELEASE));
    return isForced ? Deletion.FORCED : Deletion.REQUESTED;
  }
}
