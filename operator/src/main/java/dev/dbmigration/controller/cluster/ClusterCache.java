package dev.dbmigration.controller.cluster;

import dev.dbmigration.api.v1alpha1.DatabaseMigration;
import dev.dbmigration.model.Checksum;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.informer.ManagedInformerEventSource;
import java.util.List;
import java.util.Optional;

/**
 * What is watched, and what was written a moment ago and is not yet seen by the watch.
 *
 * @param context of the reconciliation
 */
public record ClusterCache(Context<DatabaseMigration> context) {

  /** The Jobs whose labels name the resource, those of a deleted namesake included. */
  public List<Job> jobs() {
    return List.copyOf(context.getSecondaryResources(Job.class));
  }

  /** The digest of a watched ConfigMap; empty for one that is not watched or not there. */
  public Optional<Checksum> watchedDigest(String namespace, String name) {
    return source(ConfigMap.class)
        .get(new ResourceID(name, namespace))
        .flatMap(configMap -> Slim.digest(configMap.getMetadata()));
  }

  /** Lets a Job that was just created be seen before the watch tells of it. */
  public void created(Job job) {
    source(Job.class).handleRecentResourceCreate(ResourceID.fromResource(job), Slim.job(job));
  }

  /**
   * Lets a Job be seen as it was just written, until the watch tells of it or of something newer.
   */
  public void updated(Job job, Job before) {
    source(Job.class)
        .handleRecentResourceUpdate(ResourceID.fromResource(job), Slim.job(job), before);
  }

  /**
   * Lets a resource be seen as it was just written, until the watch tells of it or of something
   * newer.
   */
  public void updated(DatabaseMigration resource, DatabaseMigration before) {
    context
        .eventSourceRetriever()
        .getControllerEventSource()
        .handleRecentResourceUpdate(
            ResourceID.fromResource(resource), Slim.resource(resource), before);
  }

  @SuppressWarnings("unchecked")
  private <R extends HasMetadata> ManagedInformerEventSource<R, DatabaseMigration, ?> source(
      Class<R> type) {
    return (ManagedInformerEventSource<R, DatabaseMigration, ?>)
        context.eventSourceRetriever().getEventSourceFor(type);
  }
}
