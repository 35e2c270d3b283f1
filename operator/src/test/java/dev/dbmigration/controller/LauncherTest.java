package dev.dbmigration.controller;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dbmigration.controller.cluster.ClusterCache;
import dev.dbmigration.controller.cluster.StaleObservationException;
import dev.dbmigration.controller.run.ActiveRuns;
import dev.dbmigration.job.JobManifest;
import dev.dbmigration.job.JobSettings;
import dev.dbmigration.job.PodOptions;
import dev.dbmigration.model.Checksum;
import dev.dbmigration.model.ResourceRef;
import dev.dbmigration.reconcile.Decision;
import dev.dbmigration.reconcile.Inputs;
import dev.dbmigration.reconcile.Observation;
import dev.dbmigration.reconcile.Observation.Deletion;
import dev.dbmigration.reconcile.Recorded;
import dev.dbmigration.reconcile.Room;
import dev.dbmigration.reconcile.Wish;
import dev.dbmigration.support.ApiRequest;
import dev.dbmigration.support.InMemoryKubernetes;
import dev.dbmigration.support.Requests;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a Job that is there, and was not seen, means for a run that is to start. */
class LauncherTest {

  private static final JobSettings SETTINGS =
      new JobSettings("runner", "IfNotPresent", Duration.ofSeconds(60), false);
  private static final Checksum NOW = Checksum.ofText("what is asked for now");
  private static final Inputs.Content CONTENT = new Inputs.Content.Inline(NOW);

  private final InMemoryKubernetes kubernetes = InMemoryKubernetes.start();
  private final KubernetesClient client = kubernetes.client("operator", config -> config);
  private final ActiveRuns runs = new ActiveRuns(20);

  @AfterEach
  void close() {
    client.close();
    kubernetes.close();
  }

  /** Its answer was lost, and the specification has changed since: it is looked at again. */
  @Test
  void theJobOfAnEarlierWishIsNeitherAConflictNorReplaced() {
    var earlier = Requests.plain().request();
    client.resource(JobManifest.of(earlier, SETTINGS, PodOptions.NONE)).create();

    assertThatThrownBy(() -> launch(earlier.resource()))
        .isInstanceOf(StaleObservationException.class);

    assertThat(client.batch().v1().jobs().inNamespace("shop").list().getItems()).hasSize(1);
    assertThat(runs.active()).isEqualTo(1);
  }

  @Test
  void aJobThatIsGoneWhenItIsLookedAtIsNoConflict() {
    kubernetes.faults().refuseNth(ApiRequest.matching("create", "jobs"), 1, 409);

    assertThatThrownBy(() -> launch(Requests.plain().request().resource()))
        .isInstanceOf(StaleObservationException.class);
    assertThat(runs.active()).isEqualTo(1);
  }

  /** The cache is asked for nothing before a Job is known to be the run's own. */
  private Decision launch(ResourceRef resource) {
    var seen =
        new Observation(
            resource,
            1,
            Deletion.NONE,
            new Wish.Understood(CONTENT, NOW, false, 5),
            Recorded.NOTHING,
            List.of(),
            new Room.Free());
    return new Launcher(client, SETTINGS, runs)
        .launch(
            Resources.inline("orders"),
            seen,
            new Decision.Launch(1, 1, CONTENT, NOW),
            new ClusterCache(null));
  }
}
