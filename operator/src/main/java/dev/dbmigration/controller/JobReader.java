package dev.dbmigration.controller;

import dev.dbmigration.job.JobIdentity;
import dev.dbmigration.reconcile.JobState;
import dev.dbmigration.reconcile.Recorded;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobCondition;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Turns Jobs into states, reading the one pod of a Job only where it matters.
 *
 * @param pods reads pods
 * @param recorded what the status has already
 * @param now the time
 */
record JobReader(PodReader pods, Recorded recorded, Instant now) {

  /** A pod is given this time to start before it is looked at. */
  private static final Duration USUAL_START = Duration.ofSeconds(8);

  JobState read(Job job, JobIdentity identity) {
    return end(job)
        .map(end -> finished(job, identity, end))
        .orElseGet(() ->
            new JobState.Active(
                job.getMetadata().getName(),
                identity.run(),
                identity.inputsHash(),
                createdAt(job),
                pod(job)));
  }

  /** Whether a Job has come to its end. */
  static boolean hasEnded(Job job) {
    return end(job).isPresent();
  }

  /** Whether a Job's pod runs, as far as the Job knows. */
  static boolean isRunning(Job job) {
    return Optional.ofNullable(job.getStatus())
        .map(status -> status.getReady())
        .filter(ready -> ready > 0)
        .isPresent();
  }

  private JobState finished(Job job, JobIdentity identity, JobCondition end) {
    return new JobState.Finished(
        job.getMetadata().getName(),
        identity.run(),
        identity.inputsHash(),
        new JobState.Times(createdAt(job), time(end.getLastTransitionTime())),
        recorded.hasResultOf(identity.run())
            ? new JobState.End.NotRead()
            : pods.end(job, identity.run(), words(end)),
        isTidy(job));
  }

  private JobState.Pod pod(Job job) {
    var age = Duration.between(createdAt(job), now);
    return isRunning(job) || age.compareTo(USUAL_START) < 0
        ? new JobState.Pod.Fine()
        : pods.state(job, now);
  }

  private static boolean isTidy(Job job) {
    return job.getSpec() != null
        && job.getSpec().getTtlSecondsAfterFinished() != null
        && !job.getMetadata().getOwnerReferences().isEmpty();
  }

  private static Optional<JobCondition> end(Job job) {
    return Optional.ofNullable(job.getStatus())
        .map(status -> status.getConditions())
        .orElse(List.of())
        .stream()
        .filter(condition -> "True".equals(condition.getStatus()))
        .filter(condition -> List.of("Complete", "Failed").contains(condition.getType()))
        .findFirst();
  }

  private static String words(JobCondition end) {
    var reason = Optional.ofNullable(end.getReason()).orElse(end.getType());
    return Optional.ofNullable(end.getMessage()).map(text -> reason + ": " + text).orElse(reason);
  }

  private Instant createdAt(Job job) {
    return time(job.getMetadata().getCreationTimestamp());
  }

  private Instant time(@Nullable String text) {
    return text == null ? now : Instant.parse(text);
  }
}
