package dev.dbmigration.controller.cluster;

import dev.dbmigration.api.v1alpha1.DatabaseMigration;
import io.fabric8.kubernetes.client.KubernetesClient;

/** A resource as it is in the cluster now, with all that is not kept in memory. */
public final class Fresh {

  private Fresh() {}

  /**
   * Gets a resource again.
   *
   * @throws StaleObservationException if it is no longer what was observed
   */
  public static DatabaseMigration of(KubernetesClient client, DatabaseMigration observed) {
    var meta = observed.getMetadata();
    var fresh =
        client
            .resources(DatabaseMigration.class)
            .inNamespace(meta.getNamespace())
            .withName(meta.getName())
            .get();
    if (fresh == null) {
      throw new StaleObservationException("the resource is gone");
    }
    if (!fresh.getMetadata().getResourceVersion().equals(meta.getResourceVersion())) {
      throw new StaleObservationException("the resource has changed");
    }
    return fresh;
  }
}
