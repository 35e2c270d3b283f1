package dev.dbmigration.controller.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobBuilder;
import org.junit.jupiter.api.Test;

class PodEndsTest {

  private final PodEnds ends = new PodEnds();

  @Test
  void keepsOnlyTheNewest() {
    for (int run = 0; run <= PodEnds.MOST; run++) {
      ends.noted(ended("job-" + run));
    }

    assertThat(ends.of(job("job-0"))).isEmpty();
    assertThat(ends.of(job("job-1"))).isPresent();
    assertThat(ends.of(job("job-" + PodEnds.MOST))).isPresent();
  }

  @Test
  void keepsOfAPodItsStatusAlone() {
    var pod = ended("job");

    assertThat(ends.noted(pod)).isSameAs(pod);

    assertThat(ends.of(job("job")))
        .hasValueSatisfying(kept -> {
          assertThat(kept.getStatus()).isEqualTo(pod.getStatus());
          assertThat(kept.getSpec()).isNull();
        });
  }

  private static Pod ended(String job) {
    return new PodBuilder()
        .withNewMetadata()
        .withNamespace("shop")
        .withName(job + "-pod")
        .addToLabels("batch.kubernetes.io/job-name", job)
        .endMetadata()
        .withNewSpec()
        .withNodeName("node-3")
        .endSpec()
        .withNewStatus()
        .addNewContainerStatus()
        .withName("migrate")
        .withNewState()
        .withNewTerminated()
        .withExitCode(0)
        .endTerminated()
        .endState()
        .endContainerStatus()
        .endStatus()
        .build();
  }

  private static Job job(String name) {
    return new JobBuilder()
        .withNewMetadata()
        .withNamespace("shop")
        .withName(name)
        .endMetadata()
        .build();
  }
}
