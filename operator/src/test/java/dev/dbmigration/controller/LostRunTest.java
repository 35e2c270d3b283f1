package dev.dbmigration.controller;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dbmigration.api.v1alpha1.AppliedMigration;
import dev.dbmigration.api.v1alpha1.DatabaseMigrationStatus;
import dev.dbmigration.model.Reason;
import dev.dbmigration.support.PodEnd;
import dev.dbmigration.support.ScriptedPods.Script;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Runs whose result is lost: what was applied is read in the database by the next one. */
class LostRunTest {

  private final Cluster cluster = new Cluster();

  @AfterEach
  void close() {
    cluster.close();
  }

  @ParameterizedTest
  @MethodSource("endsWithoutAReport")
  void aRunThatEndsWithoutAReportIsFollowedByAnother(PodEnd end) {
    cluster.withoutPauses().startOperator("operator");
    cluster.create(Resources.inline("orders"));
    var job = cluster.awaitRunningPod();
    cluster.pods.onStart(Reports::success);

    cluster.pods.end(job, new Script.End(end, List.of()));

    cluster.awaitReady("orders", "True", "Applied");
    assertThat(cluster.eventReasons("orders")).contains("ReportUnreadable");
    assertThat(cluster.get("orders").orElseThrow().getStatus().runs()).isEqualTo(2);
  }

  static Stream<PodEnd> endsWithoutAReport() {
    return Stream.of(
        PodEnd.killed(),
        PodEnd.outOfMemory(),
        PodEnd.evicted(),
        PodEnd.exited(0, ""),
        PodEnd.exited(0, "{\"format\":1,\"full\":"),
        PodEnd.exited(1, Reports.success(1).end().message()),
        PodEnd.exited(0, Reports.success(7).end().message()));
  }

  @Test
  void whatTheStatusHasStaysWhereOnlyASummaryCanBeRead() {
    cluster.pods.onStart(Reports::success);
    cluster.startOperator("operator");
    cluster.create(Resources.inline("orders"));
    cluster.awaitReady("orders", "True", "Applied");
    cluster.pods.onStart(pod -> new Script.End(Reports.success(pod).end(), List.of()));

    cluster.edit("orders", resource -> Resources.withRevision(resource, "2"));

    cluster.eventually(() -> assertThat(status().lastRun().run()).isEqualTo(2));
    cluster.awaitReady("orders", "True", "Applied");
    assertThat(status().history()).singleElement().returns("1", AppliedMigration::version);
    assertThat(status().warnings())
        .singleElement()
        .asString()
        .startsWith("The details of run 2 could not be read");
    assertThat(cluster.eventReasons("orders")).contains("MigrationWarning");
  }

  private DatabaseMigrationStatus status() {
    return cluster.get("orders").orElseThrow().getStatus();
  }

  @Test
  void theReportOfAPodThatIsDeletedWhileItRunsCounts() {
    cluster.pods.onStop(pod -> Reports.failure(pod, Reason.MIGRATION_FAILED));
    cluster.startOperator("operator");
    cluster.create(Resources.inline("orders"));
    cluster.awaitRunningPod();
    cluster.awaitReady("orders", "False", "MigrationRunning");

    cluster.client.pods().inNamespace("shop").delete();

    cluster.awaitReady("orders", "False", "MigrationFailed");
    cluster.eventually(() ->
        assertThat(cluster.jobs().getFirst().getSpec().getTtlSecondsAfterFinished()).isPositive());
    assertThat(cluster.eventReasons("orders")).doesNotContain("JobVanished");
  }

  @Test
  void aRunBesideAContainerThatGoesOnIsRecordedAndItsJobDeleted() {
    cluster.withoutPauses().startOperator("operator");
    cluster.create(Resources.inline("orders"));
    var job = cluster.awaitRunningPod();
    cluster.awaitReady("orders", "False", "MigrationRunning");
    var success = Reports.success(1);

    cluster.pods.end(job, new Script.End(success.end().besideAnotherContainer(), success.log()));

    cluster.awaitReady("orders", "True", "Applied");
    cluster.eventually(() -> assertThat(cluster.jobs()).isEmpty());
    assertThat(cluster.get("orders").orElseThrow().getStatus().runs()).isEqualTo(1);
  }

  @Test
  void aJobThatIsDeletedWhileItRunsIsFollowedByAnother() {
    cluster.startOperator("operator");
    cluster.create(Resources.inline("orders"));
    var job = cluster.awaitRunningPod();
    cluster.awaitReady("orders", "False", "MigrationRunning");
    cluster.pods.onStart(Reports::success);

    cluster.client.batch().v1().jobs().inNamespace("shop").withName(job).delete();

    cluster.awaitReady("orders", "False", "JobVanished");
    cluster.awaitReady("orders", "True", "Applied");
    assertThat(cluster.get("orders").orElseThrow().getStatus().runs()).isEqualTo(2);
  }

  @Test
  void aJobThatIsDeletedAfterItsResultIsRecordedIsNotMissed() {
    cluster.pods.onStart(Reports::success);
    cluster.startOperator("operator");
    cluster.create(Resources.inline("orders"));
    cluster.awaitReady("orders", "True", "Applied");
    cluster.awaitSilence(Duration.ofSeconds(1));

    cluster.client.batch().v1().jobs().inNamespace("shop").delete();

    cluster.awaitSilence(Duration.ofSeconds(2));
    assertThat(cluster.jobs()).isEmpty();
    assertThat(cluster.condition("orders", "Ready").orElseThrow().getStatus()).isEqualTo("True");
  }

  @Test
  void aJobThatEndsAndGoesWhileNoOperatorIsThereIsFollowedByAnother() {
    var operator = cluster.startOperator("operator-1");
    cluster.create(Resources.inline("orders"));
    var job = cluster.awaitRunningPod();
    cluster.awaitReady("orders", "False", "MigrationRunning");
    operator.close();
    cluster.pods.onStart(Reports::success);
    cluster.client.batch().v1().jobs().inNamespace("shop").withName(job).delete();
    cluster.eventually(() -> assertThat(cluster.jobs()).isEmpty());

    cluster.startOperator("operator-2");

    cluster.awaitReady("orders", "True", "Applied");
    assertThat(cluster.get("orders").orElseThrow().getStatus().runs()).isEqualTo(2);
  }

  @Test
  void aPodThatCannotStartIsReportedInTheClustersWords() {
    cluster.pods.onStart(_ -> new Script.Wait("ErrImagePull", "manifest for runner:9 not found"));
    cluster.startOperator("operator");

    cluster.create(Resources.inline("orders"));

    cluster.awaitReady("orders", "False", "PodNotStarting");
    assertThat(cluster.condition("orders", "Ready").orElseThrow().getMessage())
        .contains("ErrImagePull: manifest for runner:9 not found", "delete the Job");
  }
}
