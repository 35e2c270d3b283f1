package dev.dbmigration.controller;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dbmigration.api.v1alpha1.DatabaseMigration;
import dev.dbmigration.support.ScriptedPods.Script;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Deleted resources. */
class DeletionTest {

  private final Cluster cluster = new Cluster();

  @AfterEach
  void close() {
    cluster.close();
  }

  @Test
  void aRunEndsBeforeItsResourceGoes() {
    cluster.startOperator("operator");
    cluster.create(Resources.inline("orders"));
    var job = cluster.awaitRunningPod();
    cluster.awaitReady("orders", "False", "MigrationRunning");

    cluster.delete("orders");

    cluster.awaitReady("orders", "False", "Terminating");
    assertThat(cluster.pods.jobs()).containsExactly(job);
    cluster.pods.end(job, Reports.success(1));
    cluster.eventually(() -> assertThat(cluster.get("orders")).isEmpty());
    cluster.eventually(() -> assertThat(cluster.jobs()).isEmpty());
  }

  @Test
  void anAnnotationLetsAResourceGoAtOnceAndItsJobGoOn() {
    cluster.startOperator("operator");
    cluster.create(Resources.inline("orders"));
    var job = cluster.awaitRunningPod();
    cluster.awaitReady("orders", "False", "MigrationRunning");
    cluster.edit("orders", DeletionTest::released);

    cluster.delete("orders");

    cluster.eventually(() -> assertThat(cluster.get("orders")).isEmpty());
    assertThat(cluster.pods.jobs()).containsExactly(job);
    assertThat(cluster.jobs()).hasSize(1);
  }

  @Test
  void aResourceWhosePodCannotStartSaysForWhatItWaitsAndGoesWithItsJob() {
    cluster.pods.onStart(_ -> new Script.Wait("ErrImagePull", "manifest for runner:9 not found"));
    cluster.startOperator("operator");
    cluster.create(Resources.inline("orders"));
    cluster.awaitReady("orders", "False", "PodNotStarting");

    cluster.delete("orders");

    cluster.awaitReady("orders", "False", "Terminating");
    assertThat(cluster.condition("orders", "Ready").orElseThrow().getMessage())
        .contains("ErrImagePull: manifest for runner:9 not found. Delete Job orders-")
        .contains(ClusterObserver.RELEASE + "=true");
    cluster.client.batch().v1().jobs().inNamespace("shop").delete();
    cluster.eventually(() -> assertThat(cluster.get("orders")).isEmpty());
  }

  @Test
  void aResourceWhoseNodeIsLostSaysForWhatItWaitsAndGoesByAnnotation() {
    cluster.withoutPauses().startOperator("operator");
    cluster.create(Resources.inline("orders"));
    cluster.awaitRunningPod();
    cluster.pods.loseNodes();
    cluster.client.pods().inNamespace("shop").delete();
    cluster.awaitReady("orders", "False", "NodeLost");

    cluster.delete("orders");

    cluster.eventually(() ->
        assertThat(cluster.condition("orders", "Stalled"))
            .hasValueSatisfying(stalled -> {
              assertThat(stalled.getReason()).isEqualTo("Terminating");
              assertThat(stalled.getMessage())
                  .contains("node unknown, where it was migrating, does not answer", "by force");
            }));
    cluster.edit("orders", DeletionTest::released);
    cluster.eventually(() -> assertThat(cluster.get("orders")).isEmpty());
    assertThat(cluster.jobs()).hasSize(1);
  }

  @Test
  void aResourceThatIsDeletedAndRecreatedHasARunOfItsOwn() {
    cluster.pods.onStart(Reports::success);
    cluster.startOperator("operator");
    cluster.create(Resources.inline("orders"));
    cluster.awaitReady("orders", "True", "Applied");
    cluster.delete("orders");
    cluster.eventually(() -> assertThat(cluster.get("orders")).isEmpty());

    cluster.create(Resources.inline("orders"));

    cluster.awaitReady("orders", "True", "Applied");
    assertThat(cluster.get("orders").orElseThrow().getStatus().runs()).isEqualTo(1);
  }

  private static DatabaseMigration released(DatabaseMigration resource) {
    resource.getMetadata().setAnnotations(Map.of("dbmigration.dev/release", "true"));
    return resource;
  }
}
