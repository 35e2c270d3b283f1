package dev.dbmigration.controller.run;

import dev.dbmigration.job.JobIdentity;
import dev.dbmigration.reconcile.JobState;
import dev.dbmigration.reconcile.JobState.Upkeep;
import dev.dbmigration.reconcile.Recorded;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobCondition;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Turns Jobs into states, reading the one pod of a Job only where it matters. A run has ended when
 * its container has: the Job may end later, or never.
 *
 * @param pods reads pods
 * @param recorded what the status has already
 * @param now the time
 */
public record JobReader(PodReader pods, Recorded recorded, Instant now) {

  /** Between two looks at a pod that starts or ends. */
  public static final Duration WHILE_STARTING = Duration.ofSeconds(10);

  /** Between two looks at what runs as it should. */
  public static final Duration SELDOM = Duration.ofMinutes(5);

  /** A pod is given this time to start before it is looked at. */
  private static final Duration USUAL_START = Duration.ofSeconds(8);

  /** A Job is given this time to end after its run. */
  private static final Duration USUAL_END = Duration.ofSeconds(30);

  private static final Set<String> ENDED = Set.of("Complete", "Failed");
  private static final Set<String> ENDING = Set.of("SuccessCriteriaMet", "FailureTarget");

  /** The state of a Job of ours, with what its run left behind if that is not recorded yet. */
  public JobState read(Job job, JobIdentity identity) {
    var end = condition(job, ENDED);
    if (end.isPresent()) {
      return finished(job, identity, end.get());
    }
    if (recorded.hasResultOf(identity.run())) {
      return state(job, identity, now, new JobState.End.NotRead(), upkeep(job, identity));
    }
    if (!isLookedAt(job) && !pods.hasEnded(job)) {
      return active(job, identity, new JobState.Pod.Fine());
    }
    return switch (pods.look(job, identity.run(), now)) {
      case PodReader.Look.Ended(Instant at, JobState.End left) ->
          state(job, identity, at, left, Upkeep.ENDS_SOON);
      case PodReader.Look.NotEnded(JobState.Pod pod) -> active(job, identity, pod);
    };
  }

  /** When the pods of these Jobs are to be looked at again, though nothing is heard of them. */
  public static Optional<Duration> nextLook(List<Job> jobs) {
    return jobs.stream()
        .filter(job -> !hasEnded(job))
        .map(JobReader::nextLook)
        .min(Duration::compareTo);
  }

  /** Whether a Job has come to its end. */
  public static boolean hasEnded(Job job) {
    return condition(job, ENDED).isPresent();
  }

  private static Duration nextLook(Job job) {
    return isRunning(job) && !isEnding(job) ? SELDOM : WHILE_STARTING;
  }

  private JobState finished(Job job, JobIdentity identity, JobCondition end) {
    return state(
        job,
        identity,
        time(end.getLastTransitionTime()),
        recorded.hasResultOf(identity.run())
            ? new JobState.End.NotRead()
            : pods.end(job, identity.run(), words(end)),
        isTidy(job) ? Upkeep.DONE : Upkeep.TO_HAND_OVER);
  }

  private JobState state(
      Job job, JobIdentity identity, Instant finishedAt, JobState.End end, Upkeep upkeep) {
    return new JobState.Finished(
        job.getMetadata().getName(),
        identity.run(),
        identity.inputsHash(),
        new JobState.Times(createdAt(job), finishedAt),
        end,
        upkeep);
  }

  private JobState active(Job job, JobIdentity identity, JobState.Pod pod) {
    return new JobState.Active(
        job.getMetadata().getName(), identity.run(), identity.inputsHash(), createdAt(job), pod);
  }

  /** Only a Job whose container is seen to have ended a while ago is ever deleted. */
  private Upkeep upkeep(Job job, JobIdentity identity) {
    if (isEnding(job)) {
      return Upkeep.ENDS_SOON;
    }
    return switch (pods.look(job, identity.run(), now)) {
      case PodReader.Look.Ended(Instant at, JobState.End _) when at.plus(USUAL_END).isBefore(now) ->
          Upkeep.OUTLIVED;
      case PodReader.Look.Ended _, PodReader.Look.NotEnded _ -> Upkeep.ENDS_SOON;
    };
  }

  private boolean isLookedAt(Job job) {
    var age = Duration.between(createdAt(job), now);
    return isEnding(job) || (!isRunning(job) && age.compareTo(USUAL_START) >= 0);
  }

  /** Whether a Job's pod runs, as far as the Job knows. */
  static boolean isRunning(Job job) {
    return isPositive(job.getStatus() == null ? null : job.getStatus().getReady());
  }

  /** Whether a Job's end is certain, or its pod is told to stop. */
  private static boolean isEnding(Job job) {
    return condition(job, ENDING).isPresent()
        || isPositive(job.getStatus() == null ? null : job.getStatus().getTerminating());
  }

  private static boolean isPositive(@Nullable Integer count) {
    return count != null && count > 0;
  }

  private static boolean isTidy(Job job) {
    return job.getSpec() != null
        && job.getSpec().getTtlSecondsAfterFinished() != null
        && !job.getMetadata().getOwnerReferences().isEmpty();
  }

  private static Optional<JobCondition> condition(Job job, Set<String> types) {
    return Optional.ofNullable(job.getStatus())
        .map(status -> status.getConditions())
        .orElse(List.of())
        .stream()
        .filter(condition -> "True".equals(condition.getStatus()))
        .filter(condition -> types.contains(condition.getType()))
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
