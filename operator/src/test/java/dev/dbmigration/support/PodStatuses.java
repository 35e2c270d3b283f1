package dev.dbmigration.support;

import io.fabric8.kubernetes.api.model.ContainerState;
import io.fabric8.kubernetes.api.model.ContainerStateBuilder;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.ContainerStatusBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.PodCondition;
import io.fabric8.kubernetes.api.model.PodConditionBuilder;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.function.UnaryOperator;

/** What scheduler and kubelet write into a pod's status. */
final class PodStatuses {

  private PodStatuses() {}

  static UnaryOperator<Pod> unschedulable(String message) {
    var condition =
        new PodConditionBuilder()
            .withType("PodScheduled")
            .withStatus("False")
            .withReason("Unschedulable")
            .withMessage(message)
            .build();
    return pod ->
        new PodBuilder(pod)
            .withNewStatus()
            .withPhase("Pending")
            .withConditions(condition)
            .endStatus()
            .build();
  }

  static UnaryOperator<Pod> waiting(Pod of, String reason, String message) {
    var state =
        new ContainerStateBuilder()
            .withNewWaiting()
            .withReason(reason)
            .withMessage(message)
            .endWaiting()
            .build();
    return pod ->
        new PodBuilder(pod)
            .withNewStatus()
            .withPhase("Pending")
            .withConditions(scheduled())
            .withContainerStatuses(container(of, state, false))
            .endStatus()
            .build();
  }

  static UnaryOperator<Pod> running(Pod of, Instant startedAt) {
    var state =
        new ContainerStateBuilder()
            .withNewRunning()
            .withStartedAt(text(startedAt))
            .endRunning()
            .build();
    return pod ->
        new PodBuilder(pod)
            .withNewStatus()
            .withPhase("Running")
            .withConditions(scheduled())
            .withStartTime(text(startedAt))
            .withContainerStatuses(container(of, state, true))
            .endStatus()
            .build();
  }

  static UnaryOperator<Pod> ended(Pod of, Instant startedAt, PodEnd end) {
    var state =
        new ContainerStateBuilder()
            .withNewTerminated()
            .withExitCode(end.exitCode())
            .withReason(end.reason())
            .withMessage(end.message().isEmpty() ? null : end.message())
            .withStartedAt(text(startedAt))
            .withFinishedAt(text(Instant.now()))
            .endTerminated()
            .build();
    return pod ->
        new PodBuilder(pod)
            .editOrNewStatus()
            .withPhase(phase(end))
            .withReason(end.podReason().orElse(null))
            .withContainerStatuses(container(of, state, false))
            .endStatus()
            .build();
  }

  private static String phase(PodEnd end) {
    if (!end.isPodAtItsEnd()) {
      return "Running";
    }
    return end.isSuccess() ? "Succeeded" : "Failed";
  }

  private static PodCondition scheduled() {
    return new PodConditionBuilder().withType("PodScheduled").withStatus("True").build();
  }

  private static ContainerStatus container(Pod pod, ContainerState state, boolean ready) {
    var container = pod.getSpec().getContainers().getFirst();
    return new ContainerStatusBuilder()
        .withName(container.getName())
        .withImage(container.getImage())
        .withReady(ready)
        .withStarted(ready)
        .withRestartCount(0)
        .withState(state)
        .build();
  }

  private static String text(Instant instant) {
    return instant.truncatedTo(ChronoUnit.SECONDS).toString();
  }
}
