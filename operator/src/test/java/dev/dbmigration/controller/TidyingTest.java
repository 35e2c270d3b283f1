package dev.dbmigration.controller;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dbmigration.support.ApiRequest;
import io.fabric8.kubernetes.api.model.events.v1.Event;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Clusters that refuse to have ended Jobs changed, by a policy or a webhook that is down. */
class TidyingTest {

  private final Cluster cluster = new Cluster();

  @AfterEach
  void close() {
    cluster.close();
  }

  @ParameterizedTest
  @ValueSource(ints = {403, 422, 500})
  void aJobThatMayNotBeTidiedHoldsUpNoOtherRun(int status) {
    cluster.pods.onStart(Reports::success);
    cluster.kubernetes.faults().refuse(ApiRequest.matching("patch", "jobs"), status);
    cluster.startOperator("operator");
    cluster.create(Resources.inline("orders"));
    cluster.awaitReady("orders", "True", "Applied");

    cluster.edit("orders", resource -> Resources.withRevision(resource, "2"));

    cluster.eventually(() -> assertThat(runs()).isEqualTo(2));
    cluster.awaitReady("orders", "True", "Applied");
    assertThat(generationSeen()).isEqualTo(2);
  }

  @Test
  void aRefusalIsToldInTheServersWordsAndTriedAgain() {
    cluster.pods.onStart(Reports::success);
    cluster.kubernetes.faults().refuse(ApiRequest.matching("patch", "jobs"), 403);
    cluster.startOperator("operator");
    cluster.create(Resources.inline("orders"));
    cluster.eventually(() -> assertThat(cluster.eventReasons("orders")).contains("JobRefused"));
    assertThat(note())
        .contains(
            "Kubernetes refuses to have Job orders-",
            "refused on purpose: patch",
            "It is tried again by itself");

    cluster.kubernetes.faults().mend();

    cluster.eventually(() -> assertThat(isTidy()).isTrue());
  }

  @Test
  void aJobThatMayNotBeTidiedDoesNotHoldItsResource() {
    cluster.pods.onStart(Reports::success);
    cluster.kubernetes.faults().refuse(ApiRequest.matching("patch", "jobs"), 403);
    cluster.startOperator("operator");
    cluster.create(Resources.inline("orders"));
    cluster.awaitReady("orders", "True", "Applied");

    cluster.delete("orders");

    cluster.eventually(() -> assertThat(cluster.get("orders")).isEmpty());
    assertThat(cluster.jobs()).hasSize(1);
    assertThat(cluster.client.events().v1().events().inNamespace("shop").list().getItems())
        .extracting(Event::getNote)
        .anyMatch(note -> note.contains("The resource goes nevertheless: delete that Job"));
  }

  private int runs() {
    return cluster.get("orders").orElseThrow().getStatus().runs();
  }

  private long generationSeen() {
    return cluster.get("orders").orElseThrow().getStatus().observedGeneration();
  }

  private boolean isTidy() {
    var job = cluster.jobs().getFirst();
    return job.getSpec().getTtlSecondsAfterFinished() != null
        && !job.getMetadata().getOwnerReferences().isEmpty();
  }

  private String note() {
    return cluster.client.events().v1().events().inNamespace("shop").list().getItems().stream()
        .filter(event -> event.getReason().equals("JobRefused"))
        .map(Event::getNote)
        .findFirst()
        .orElseThrow();
  }
}
