package dev.dbmigration.controller;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dbmigration.model.Reason;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The ordinary life of a resource. */
class DatabaseMigrationReconcilerTest {

  private final Cluster cluster = new Cluster();

  @AfterEach
  void close() {
    cluster.close();
  }

  @Test
  void aResourceBecomesReadyAndShowsItsHistory() {
    cluster.pods.onStart(Reports::success);
    cluster.startOperator("operator");

    cluster.create(Resources.inline("orders"));

    cluster.awaitReady("orders", "True", "Applied");
    var status = cluster.get("orders").orElseThrow().getStatus();
    assertThat(status.currentVersion()).isEqualTo("1");
    assertThat(status.applied()).isEqualTo(1);
    assertThat(status.pending()).isEqualTo(0);
    assertThat(status.observedGeneration()).isEqualTo(1);
    assertThat(status.history()).singleElement().extracting("state").isEqualTo("Applied");
    assertThat(status.lastRun().outcome()).isEqualTo("Succeeded");
    assertThat(status.conditions()).singleElement().extracting("type").isEqualTo("Ready");
  }

  @Test
  void aFailureThatNeedsAPersonIsShownWithItsPlaceAndNothingMoreIsLaunched() {
    cluster.pods.onStart(pod -> Reports.failure(pod, Reason.MIGRATION_FAILED));
    cluster.startOperator("operator");

    cluster.create(Resources.inline("orders"));

    cluster.awaitReady("orders", "False", "MigrationFailed");
    assertThat(cluster.condition("orders", "Stalled").orElseThrow().getMessage())
        .contains("V2__add.sql:4:12: relation \"ordrs\" does not exist (42P01). Mend the file.");
    var failure = cluster.get("orders").orElseThrow().getStatus().lastRun().failure();
    assertThat(failure.line()).isEqualTo(4);
    assertThat(failure.column()).isEqualTo(12);
    assertThat(failure.code()).isEqualTo("42P01");
    cluster.awaitSilence(Duration.ofSeconds(2));
    assertThat(cluster.jobs()).hasSize(1);
  }
}
