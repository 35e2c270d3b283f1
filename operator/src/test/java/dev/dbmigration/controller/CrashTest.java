package dev.dbmigration.controller;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dbmigration.support.ApiRequest;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The operator dies at any point, or is there twice. */
class CrashTest {

  /** Finalizer, Job, status, event, status, event, owner of the Job. */
  private static final int WRITES = 7;

  private final Cluster cluster = new Cluster();

  @AfterEach
  void close() {
    cluster.close();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7})
  void anotherOperatorGoesOnWhereOneDiedAfterAWrite(int write) {
    cluster.pods.onStart(Reports::success);
    cluster.startOperatorThatDiesAfterWrite(write, "operator-1");
    cluster.create(Resources.inline("orders"));
    cluster.eventually(
        () -> assertThat(cluster.writesOf("operator-1")).isGreaterThanOrEqualTo(write));

    cluster.startOperator("operator-2");

    cluster.awaitReady("orders", "True", "Applied");
    cluster.eventually(this::theJobIsTidy);
    assertThat(cluster.jobs()).hasSize(1);
    assertThat(cluster.get("orders").orElseThrow().getStatus().runs()).isEqualTo(1);
  }

  @Test
  void aLifeHasAsManyWritesAsAreTried() {
    cluster.pods.onStart(Reports::success);
    cluster.startOperator("operator");

    cluster.create(Resources.inline("orders"));

    cluster.awaitReady("orders", "True", "Applied");
    cluster.eventually(this::theJobIsTidy);
    cluster.awaitSilence(Duration.ofSeconds(1));
    assertThat(cluster.writesOf("operator")).isEqualTo(WRITES);
  }

  @Test
  void twoOperatorsAtOnceStartOneJobForEachRun() {
    cluster.pods.onStart(Reports::success);
    cluster.startOperator("operator-1");
    cluster.startOperator("operator-2");

    for (int i = 0; i < 10; i++) {
      cluster.create(Resources.inline("orders-" + i));
    }

    for (int i = 0; i < 10; i++) {
      cluster.awaitReady("orders-" + i, "True", "Applied");
      assertThat(cluster.get("orders-" + i).orElseThrow().getStatus().runs()).isEqualTo(1);
    }
    assertThat(cluster.jobs()).hasSize(10);
  }

  @Test
  void theLostAnswerToTheCreationOfAJobDoesNotStartASecondOne() {
    cluster.pods.onStart(Reports::success);
    cluster.kubernetes.faults().loseAnswerOfNth(ApiRequest.matching("create", "jobs"), 1, 500);
    cluster.startOperator("operator");

    cluster.create(Resources.inline("orders"));

    cluster.awaitReady("orders", "True", "Applied");
    assertThat(cluster.jobs()).hasSize(1);
    assertThat(cluster.get("orders").orElseThrow().getStatus().runs()).isEqualTo(1);
  }

  @Test
  void aServerInTroubleOnlyDelays() {
    cluster.pods.onStart(Reports::success);
    cluster.kubernetes.faults().refuseNth(ApiRequest.matching("create", "jobs"), 1, 503);
    cluster
        .kubernetes
        .faults()
        .refuseNth(ApiRequest.matching("update", "databasemigrations/status"), 2, 500);
    cluster.startOperator("operator");

    cluster.create(Resources.inline("orders"));

    cluster.awaitReady("orders", "True", "Applied");
    assertThat(cluster.jobs()).hasSize(1);
  }

  private void theJobIsTidy() {
    assertThat(cluster.jobs())
        .allSatisfy(job -> {
          assertThat(job.getMetadata().getOwnerReferences()).hasSize(1);
          assertThat(job.getSpec().getTtlSecondsAfterFinished()).isEqualTo(3600);
        });
  }
}
