package dev.dbmigration.controller;

import dev.dbmigration.api.v1alpha1.DatabaseMigration;
import dev.dbmigration.api.v1alpha1.DatabaseMigrationStatus;
import dev.dbmigration.controller.cluster.ApiError;
import dev.dbmigration.controller.cluster.ClusterCache;
import dev.dbmigration.controller.cluster.Fresh;
import dev.dbmigration.controller.cluster.StaleObservationException;
import dev.dbmigration.controller.resource.StatusRenderer;
import dev.dbmigration.reconcile.StatusView;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.List;
import java.util.Optional;

/**
 * Writes statuses: one request, and only if there is something new to say.
 *
 * @param client reaches the cluster
 */
record StatusWriter(KubernetesClient client) {

  private static final DatabaseMigrationStatus EMPTY =
      new DatabaseMigrationStatus(
          null, List.of(), null, null, null, null, null, null, null, null, List.of(), null,
          List.of());

  /**
   * Writes a status.
   *
   * @return whether there was something new to say
   * @throws StaleObservationException if the resource has changed since it was observed
   */
  boolean write(DatabaseMigration observed, StatusView view, ClusterCache cache) {
    if (render(observed, view).equals(observed.getStatus())) {
      return false;
    }
    var fresh = Fresh.of(client, observed);
    fresh.setStatus(render(fresh, view));
    try {
      var written = client.resource(fresh).updateStatus();
      cache.updated(written, observed);
      return true;
    } catch (KubernetesClientException e) {
      if (ApiError.isConflict(e) || ApiError.isNotFound(e)) {
        throw new StaleObservationException("the resource has changed");
      }
      throw e;
    }
  }

  private static DatabaseMigrationStatus render(DatabaseMigration resource, StatusView view) {
    var before = Optional.ofNullable(resource.getStatus()).orElse(EMPTY);
    return new StatusRenderer(before).render(view);
  }
}
