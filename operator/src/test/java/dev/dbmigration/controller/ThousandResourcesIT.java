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

  /** The API in memory is slow with so many; the others wait in the same queue. */
  @Test
  void eachOfAThousandSaysWhereItStandsAndNoMoreRunThanAllowed() {
    int most = new Crowd(cluster, 1000).becomesReady(100);

    assertThat(most).isPositive().isLessThanOrEqualTo(20);
    assertThat(cluster.jobs()).hasSizeLessThanOrEqualTo(1000);
  }
}
