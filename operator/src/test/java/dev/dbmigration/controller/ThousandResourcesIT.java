package dev.dbmigration.controller;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** As many resources as one operator is meant for, applied at once. */
class ThousandResourcesIT {

  private final Cluster cluster = new Cluster();

  @AfterEach
  void close() {
    cluster.close();
  }

  @Test
  void aThousandResourcesBecomeReadyWithNoMoreRunsAtOnceThanAllowed() {
    int most = new Crowd(cluster, 1000).becomesReady();

    assertThat(most).isPositive().isLessThanOrEqualTo(20);
    assertThat(cluster.jobs()).hasSize(1000);
  }
}
