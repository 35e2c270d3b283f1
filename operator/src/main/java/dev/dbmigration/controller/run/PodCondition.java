package dev.dbmigration.controller.run;

import dev.dbmigration.job.JobManifest;
import dev.dbmigration.reconcile.JobState;
import dev.dbmigration.report.Excerpt;
import io.fabric8.kubernetes.api.model.ContainerStateWaiting;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How a pod that has not ended is.
 *
 * @param pod which pod
 * @param now the time
 */
record PodCondition(Pod pod, Instant now) {

  private static final Duration LONG_START = Duration.ofMinutes(2);
  private static final Duration LATE_END = Duration.ofMinutes(1);
  private static final Duration NO_POD = Duration.ofSeconds(30);

  /** Why a container waits when nothing is wrong. */
  private static final Set<String> STARTING = Set.of("ContainerCreating", "PodInitializing");

  private static final int LONGEST_WORDS = 1024;

  JobState.Pod state() {
    if (isOnLostNode()) {
      return new JobState.Pod.OnLostNode(
          Optional.ofNullable(pod.getSpec().getNodeName()).orElse("unknown"));
    }
    return unschedulable()
        .or(this::waiting)
        .<JobState.Pod>map(words -> new JobState.Pod.NotStarting(clip(words)))
        .orElseGet(JobState.Pod.Fine::new);
  }

  /** How a Job without a pod is. */
  static JobState.Pod absent(Job job, Instant now) {
    var createdAt = job.getMetadata().getCreationTimestamp();
    boolean isLate = createdAt != null && Instant.parse(createdAt).plus(NO_POD).isBefore(now);
    return isLate
        ? new JobState.Pod.NotStarting(
            "no pod has been created for it; the events of the Job say why")
        : new JobState.Pod.Fine();
  }

  /** The status of the runner's container, whatever others a mesh has put beside it. */
  static Optional<ContainerStatus> migrateContainer(Pod pod) {
    return Optional.ofNullable(pod.getStatus())
        .map(status -> status.getContainerStatuses())
        .orElse(List.of())
        .stream()
        .filter(container -> JobManifest.CONTAINER.equals(container.getName()))
        .findFirst();
  }

  /** The deletion time of a pod is when it should be gone; only its node can confirm that. */
  private boolean isOnLostNode() {
    var deletion = pod.getMetadata().getDeletionTimestamp();
    return deletion != null && Instant.parse(deletion).plus(LATE_END).isBefore(now);
  }

  private Optional<String> unschedulable() {
    return Optional.ofNullable(pod.getStatus())
        .map(status -> status.getConditions())
        .orElse(List.of())
        .stream()
        .filter(condition -> "PodScheduled".equals(condition.getType()))
        .filter(condition -> "False".equals(condition.getStatus()))
        .map(condition -> words(condition.getReason(), condition.getMessage()))
        .findFirst();
  }

  private Optional<String> waiting() {
    return migrateContainer(pod)
        .map(ContainerStatus::getState)
        .map(state -> state.getWaiting())
        .filter(this::isTrouble)
        .map(waiting -> words(waiting.getReason(), waiting.getMessage()));
  }

  private boolean isTrouble(ContainerStateWaiting waiting) {
    var createdAt = Instant.parse(pod.getMetadata().getCreationTimestamp());
    return !STARTING.contains(String.valueOf(waiting.getReason()))
        || createdAt.plus(LONG_START).isBefore(now);
  }

  private static String words(@Nullable String reason, @Nullable String message) {
    var first = Optional.ofNullable(reason).orElse("Unknown");
    return Optional.ofNullable(message)
        .filter(text -> !text.isBlank())
        .map(text -> first + ": " + text)
        .orElse(first);
  }

  private static String clip(String words) {
    return Excerpt.ofLength(words, LONGEST_WORDS);
  }
}
