package dev.dbmigration.controller;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dbmigration.api.v1alpha1.DatabaseMigration;
import io.fabric8.kubernetes.api.model.Condition;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** An operator of several namespaces, each with a watch of its own. */
class WatchedNamespacesTest {

  private final Cluster cluster = new Cluster();

  @AfterEach
  void close() {
    cluster.close();
  }

  @Test
  void theLimitHoldsOverAllOfThemAndTheEndInOneWakesTheOther() {
    cluster
        .set("WATCH_NAMESPACES", "shop,billing")
        .set("MAX_CONCURRENT_RUNS", "1")
        .startOperator("operator");
    cluster.create(Resources.inline("orders"));
    var job = cluster.awaitRunningPod();
    cluster.create(in("billing", Resources.inline("invoices")));
    awaitReady("invoices", "Queued");
    cluster.pods.onStart(Reports::success);

    cluster.pods.end(job, Reports.success(1));

    cluster.awaitReady("orders", "True", "Applied");
    awaitReady("invoices", "Applied");
  }

  @Test
  void othersAreLeftAlone() {
    cluster.set("WATCH_NAMESPACES", "shop,billing").startOperator("operator");
    cluster.pods.onStart(Reports::success);
    cluster.create(in("of-others", Resources.inline("secret-plans")));

    cluster.create(in("billing", Resources.inline("invoices")));
    cluster.create(Resources.inline("orders"));

    awaitReady("invoices", "Applied");
    cluster.awaitReady("orders", "True", "Applied");
    assertThat(cluster.client.batch().v1().jobs().inNamespace("of-others").list().getItems())
        .isEmpty();
  }

  private static DatabaseMigration in(String namespace, DatabaseMigration resource) {
    resource.getMetadata().setNamespace(namespace);
    return resource;
  }

  private void awaitReady(String name, String reason) {
    cluster.eventually(() -> assertThat(ready(name)).map(Condition::getReason).contains(reason));
  }

  private Optional<Condition> ready(String name) {
    return Optional.ofNullable(
            cluster
                .client
                .resources(DatabaseMigration.class)
                .inNamespace("billing")
                .withName(name)
                .get())
        .flatMap(resource -> Optional.ofNullable(resource.getStatus()))
        .flatMap(status ->
            status.conditions().stream().filter(c -> c.getType().equals("Ready")).findFirst());
  }
}
