package dev.dbmigration.controller.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dbmigration.controller.Reports;
import dev.dbmigration.reconcile.JobState;
import dev.dbmigration.support.InMemoryKubernetes;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.ContainerStatusBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Pods that others have a hand in. */
class PodReaderTest {

  private static final String REPORT = Reports.success(1).end().message();

  private final InMemoryKubernetes kubernetes = InMemoryKubernetes.start();
  private final KubernetesClient client = kubernetes.client();
  private final PodEnds ends = new PodEnds();
  private final PodReader reader = new PodReader(client, ends);

  @AfterEach
  void close() {
    kubernetes.close();
  }

  @Test
  void theReportIsReadFromTheRunnersContainerAndNoOther() {
    create(pod(), terminated("mesh", 1, "not a report"), terminated("migrate", 0, REPORT));

    assertThat(reader.end(job(), 1, "Complete")).isInstanceOf(JobState.End.Summarised.class);
  }

  @Test
  void aReportInAnotherContainerIsNone() {
    create(pod(), terminated("mesh", 0, REPORT), terminated("migrate", 0, ""));

    assertThat(reader.end(job(), 1, "Complete"))
        .isInstanceOfSatisfying(
            JobState.End.Unreadable.class,
            end -> assertThat(end.why()).contains("status 0", "left no report"));
  }

  @Test
  void theStatusOfAJvmWithoutMemoryIsUnderstood() {
    create(pod(), terminated("migrate", 3, ""));

    assertThat(reader.end(job(), 1, "Failed"))
        .isInstanceOfSatisfying(
            JobState.End.OutOfMemory.class, end -> assertThat(end.why()).contains("status 3"));
  }

  @Test
  void withoutAPodTheJobsOwnWordsAreGiven() {
    assertThat(reader.end(job(), 1, "DeadlineExceeded: too long"))
        .isInstanceOfSatisfying(
            JobState.End.Gone.class,
            end -> assertThat(end.why()).contains("DeadlineExceeded: too long"));
  }

  @Test
  void theReportOutlivesItsPod() {
    create(pod(), terminated("migrate", 0, REPORT));
    var ended = client.pods().inNamespace("shop").withName("job-pod").get();

    ends.noted(ended);
    client.pods().inNamespace("shop").withName("job-pod").withGracePeriod(0).delete();

    assertThat(reader.hasEnded(job())).isTrue();
    assertThat(reader.end(job(), 1, "Failed")).isInstanceOf(JobState.End.Summarised.class);
  }

  @Test
  void nothingIsKeptOfAPodThatHasNotEnded() {
    ends.noted(pod());

    assertThat(reader.hasEnded(job())).isFalse();
    assertThat(reader.end(job(), 1, "Failed")).isInstanceOf(JobState.End.Gone.class);
  }

  @Test
  void aPodThatShouldBeGoneLongAgoIsOnALostNode() {
    var deleted =
        new PodBuilder(pod())
            .editMetadata()
            .withDeletionTimestamp(Instant.now().minus(Duration.ofMinutes(2)).toString())
            .endMetadata()
            .build();

    assertThat(new PodCondition(deleted, Instant.now()).state())
        .isEqualTo(new JobState.Pod.OnLostNode("node-3"));
  }

  private void create(Pod pod, ContainerStatus... containers) {
    var created = client.resource(pod).create();
    client
        .resource(created)
        .editStatus(current ->
            new PodBuilder(current)
                .withNewStatus()
                .withPhase("Succeeded")
                .withContainerStatuses(containers)
                .endStatus()
                .build());
  }

  private static ContainerStatus terminated(String name, int exitCode, String message) {
    return new ContainerStatusBuilder()
        .withName(name)
        .withNewState()
        .withNewTerminated()
        .withExitCode(exitCode)
        .withMessage(message)
        .endTerminated()
        .endState()
        .build();
  }

  private static Pod pod() {
    return new PodBuilder()
        .withNewMetadata()
        .withNamespace("shop")
        .withName("job-pod")
        .withLabels(Map.of("batch.kubernetes.io/job-name", "job"))
        .endMetadata()
        .withNewSpec()
        .withNodeName("node-3")
        .endSpec()
        .build();
  }

  private static Job job() {
    return new JobBuilder()
        .withNewMetadata()
        .withNamespace("shop")
        .withName("job")
        .endMetadata()
        .build();
  }
}
