package dev.dbmigration.controller;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dbmigration.support.ApiRequest;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** As many resources as one operator is meant for, applied at once. */
class ThousandResourcesIT {

  private static final int RESOURCES = 1000;
  private static final int MOST_ACTIVE_RUNS = 20;

  private final Cluster cluster = new Cluster();

  @AfterEach
  void close() {
    cluster.close();
  }

  @Test
  void eachOfAThousandBecomesReadyWithOneRunAndNoMoreAreActiveThanAllowed() {
    cluster.set("MAX_CONCURRENT_RUNS", Integer.toString(MOST_ACTIVE_RUNS));

    int most = new Crowd(cluster, RESOURCES).becomesReady();

    assertThat(most).isPositive().isLessThanOrEqualTo(MOST_ACTIVE_RUNS);
    assertThat(cluster.kubernetes.requests().count(ApiRequest.matching("delete", "jobs"))).isZero();
    assertThat(cluster.jobs())
        .hasSize(RESOURCES)
        .extracting(ThousandResourcesIT::owner)
        .doesNotHaveDuplicates();
  }

  private static String owner(Job job) {
    return job.getMetadata().getOwnerReferences().getFirst().getName();
  }
}
