package dev.dbmigration.controller;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dbmigration.model.Reason;
import dev.dbmigration.support.ApiRequest;
import dev.dbmigration.support.ScriptedPods;
import io.fabric8.kubernetes.api.model.Pod;
import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The operator dies at any point, or is there twice. */
class CrashTest {

  private final Cluster cluster = new Cluster();

  /** Finalizer, Job, status, event, status, event, owner of the Job. */
  private static final int WRITES_OF_A_SMOOTH_LIFE = 7;

  /** The same; and Job, status, event, status, event, owner for the second run. */
  private static final int WRITES_WITH_A_RETRY = 13;

  /** Finalizer, Job, status, event; status, event; owner of the Job, finalizer. */
  private static final int WRITES_UNTIL_DELETED = 8;

  /** And no more: a Job that does not end in half a minute after its pod would be deleted. */
  private static final Duration FIRST_PAUSE = Reason.INTERRUPTED.firstPause();

  @AfterEach
  void close() {
    cluster.close();
  }

  static IntStream writesOfASmoothLife() {
    return IntStream.rangeClosed(1, WRITES_OF_A_SMOOTH_LIFE);
  }

  static IntStream writesWithARetry() {
    return IntStream.rangeClosed(1, WRITES_WITH_A_RETRY);
  }

  static IntStream writesUntilDeleted() {
    return IntStream.rangeClosed(1, WRITES_UNTIL_DELETED);
  }

  @ParameterizedTest
  @MethodSource("writesOfASmoothLife")
  void anotherOperatorGoesOnWhereOneDiedAfterAWrite(int write) {
    cluster.pods.onStart(Reports::success);
    cluster.startOperatorThatDiesAfterWrite(write, "operator-1");
    cluster.create(Resources.inline("orders"));
    awaitDeath(write);

    cluster.startOperator("operator-2");

    becomesReadyAfter(1);
  }

  @ParameterizedTest
  @MethodSource("writesWithARetry")
  void anotherOperatorGoesOnWithWhatIsTriedAgain(int write) {
    cluster.pods.onStart(CrashTest::failingAtFirst);
    cluster.aheadOfTime(FIRST_PAUSE).startOperatorThatDiesAfterWrite(write, "operator-1");
    cluster.create(Resources.inline("orders"));
    awaitDeath(write);

    cluster.startOperator("operator-2");

    becomesReadyAfter(2);
  }

  @ParameterizedTest
  @MethodSource("writesUntilDeleted")
  void anotherOperatorLetsADeletedResourceGo(int write) {
    cluster.startOperatorThatDiesAfterWrite(write, "operator-1");
    cluster.create(Resources.inline("orders"));
    cluster.eventually(() ->
        assertThat(cluster.writesOf("operator-1")).isGreaterThanOrEqualTo(Math.min(write, 4)));
    cluster.delete("orders");
    cluster.eventually(() ->
        assertThat(cluster.writesOf("operator-1")).isGreaterThanOrEqualTo(Math.min(write, 6)));
    cluster.pods.onStart(Reports::success);
    cluster.pods.jobs().forEach(job -> cluster.pods.end(job, Reports.success(1)));
    awaitDeath(write);

    cluster.startOperator("operator-2");

    cluster.eventually(() -> assertThat(cluster.get("orders")).isEmpty());
    cluster.eventually(() -> assertThat(cluster.jobs()).isEmpty());
    assertThat(cluster.kubernetes.requests().count(ApiRequest.matching("create", "jobs")))
        .isLessThanOrEqualTo(1);
  }

  /** One more for a Job that is tidied before it is seen to be tidy. */
  @Test
  void livesHaveAsManyWritesAsAreTried() {
    cluster.pods.onStart(CrashTest::failingAtFirst);
    cluster.aheadOfTime(FIRST_PAUSE).startOperator("operator");

    cluster.create(Resources.inline("orders"));

    becomesReadyAfter(2);
    cluster.awaitSilence(Duration.ofSeconds(1));
    assertThat(cluster.writesOf("operator"))
        .isBetween((long) WRITES_WITH_A_RETRY, WRITES_WITH_A_RETRY + 2L);
  }

  @Test
  void aSmoothLifeHasAsManyWritesAsAreTried() {
    cluster.pods.onStart(Reports::success);
    cluster.startOperator("operator");

    cluster.create(Resources.inline("orders"));

    becomesReadyAfter(1);
    cluster.awaitSilence(Duration.ofSeconds(1));
    assertThat(cluster.writesOf("operator"))
        .isBetween((long) WRITES_OF_A_SMOOTH_LIFE, WRITES_OF_A_SMOOTH_LIFE + 1L);
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

  private static ScriptedPods.Script failingAtFirst(Pod pod) {
    return Reports.run(pod) == 1 ? Reports.failure(pod, Reason.INTERRUPTED) : Reports.success(pod);
  }

  /** Or until there is nothing left to do: that is as good a moment to die. */
  private void awaitDeath(int write) {
    cluster.eventually(
        () -> assertThat(cluster.writesOf("operator-1") >= write || isOver()).isTrue());
  }

  private boolean isOver() {
    boolean isReady =
        cluster.condition("orders", "Ready").filter(c -> c.getStatus().equals("True")).isPresent();
    return cluster.get("orders").isEmpty()
        || (isReady
            && cluster.jobs().stream()
                .noneMatch(job -> job.getMetadata().getOwnerReferences().isEmpty()));
  }

  private void becomesReadyAfter(int runs) {
    cluster.awaitReady("orders", "True", "Applied");
    cluster.eventually(this::theJobIsTidy);
    assertThat(cluster.jobs()).hasSize(runs);
    assertThat(cluster.get("orders").orElseThrow().getStatus().runs()).isEqualTo(runs);
  }

  private void theJobIsTidy() {
    assertThat(cluster.jobs())
        .allSatisfy(job -> {
          assertThat(job.getMetadata().getOwnerReferences()).isNotEmpty();
          assertThat(job.getSpec().getTtlSecondsAfterFinished()).isPositive();
        });
  }
}
