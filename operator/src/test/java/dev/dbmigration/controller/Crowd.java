package dev.dbmigration.controller;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.dbmigration.api.v1alpha1.DatabaseMigration;
import dev.dbmigration.controller.run.JobReader;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Many resources at once.
 *
 * @param cluster where they are created
 * @param resources how many
 */
record Crowd(Cluster cluster, int resources) {

  private static final Duration PATIENCE = Duration.ofMinutes(20);

  /** Creates them, and waits until all are ready; tells how many runs were active at most. */
  int becomesReady() {
    cluster.pods.onStart(Reports::success);
    var most = watchMostActive();
    cluster.startOperator("operator");
    for (int i = 0; i < resources; i++) {
      cluster.create(Resources.inline("orders-" + i));
    }
    await()
        .atMost(PATIENCE)
        .pollInterval(Duration.ofSeconds(2))
        .untilAsserted(() -> assertThat(ready()).isEqualTo(resources));
    return most.get();
  }

  private long ready() {
    return cluster
        .client
        .resources(DatabaseMigration.class)
        .inNamespace("shop")
        .list()
        .getItems()
        .stream()
        .flatMap(resource -> resource.getStatus().conditions().stream())
        .filter(condition -> condition.getType().equals("Ready"))
        .filter(condition -> condition.getStatus().equals("True"))
        .count();
  }

  private AtomicInteger watchMostActive() {
    var most = new AtomicInteger();
    Set<String> active = new HashSet<>();
    cluster
        .client
        .batch()
        .v1()
        .jobs()
        .inAnyNamespace()
        .inform(
            new ResourceEventHandler<Job>() {
              @Override
              public void onAdd(Job job) {
                note(job);
              }

              @Override
              public void onUpdate(Job before, Job job) {
                note(job);
              }

              @Override
              public void onDelete(Job job, boolean isFinalStateUnknown) {}

              private void note(Job job) {
                if (JobReader.hasEnded(job)) {
                  active.remove(job.getMetadata().getName());
                } else {
                  active.add(job.getMetadata().getName());
                }
                most.accumulateAndGet(active.size(), Math::max);
              }
            });
    return most;
  }
}
