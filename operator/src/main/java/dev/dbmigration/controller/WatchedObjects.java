package dev.dbmigration.controller;

import dev.dbmigration.api.v1alpha1.DatabaseMigration;
import dev.dbmigration.controller.cluster.Slim;
import dev.dbmigration.controller.cluster.SlimStore;
import dev.dbmigration.controller.run.ActiveRuns;
import dev.dbmigration.controller.run.PodEnds;
import dev.dbmigration.job.JobIdentity;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.javaoperatorsdk.operator.api.config.informer.InformerEventSourceConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.informer.InformerEventSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What is watched beside the resources: their Jobs and pods, and ConfigMaps that are labelled for
 * it.
 */
final class WatchedObjects {

  private static final String OURS = JobIdentity.MANAGED_BY + "=" + JobIdentity.MANAGER;
  private static final String SOURCE_LABEL = "dbmigration.dev/source=true";
  private static final String BY_CONFIG_MAP = "by-config-map";

  private WatchedObjects() {}

  /** Jobs name their resource in labels, because while they are active they have no owner. */
  static InformerEventSource<Job, DatabaseMigration> jobs(
      EventSourceContext<DatabaseMigration> context, ActiveRuns runs) {
    return new InformerEventSource<>(
        InformerEventSourceConfiguration.from(Job.class, DatabaseMigration.class)
            .withName("jobs")
            .withNamespacesInheritedFromController()
            .withLabelSelector(OURS)
            .withSecondaryToPrimaryMapper(WatchedObjects::resourceOf)
            .withItemStore(new SlimStore<>(Slim::job, runs::saw, runs::lost))
            .build(),
        context);
  }

  /** A pod is news only when its run has ended; the rest is told by its Job. */
  static InformerEventSource<Pod, DatabaseMigration> pods(
      EventSourceContext<DatabaseMigration> context, PodEnds ends) {
    return new InformerEventSource<>(
        InformerEventSourceConfiguration.from(Pod.class, DatabaseMigration.class)
            .withName("pods")
            .withNamespacesInheritedFromController()
            .withLabelSelector(OURS)
            .withSecondaryToPrimaryMapper(WatchedObjects::resourceOf)
            .withOnAddFilter(PodEnds::hasEnded)
            .withOnUpdateFilter((pod, _) -> PodEnds.hasEnded(pod))
            .withOnDeleteFilter((_, _) -> false)
            .withItemStore(new SlimStore<>(pod -> Slim.pod(ends.noted(pod))))
            .build(),
        context);
  }

  static InformerEventSource<ConfigMap, DatabaseMigration> configMaps(
      EventSourceContext<DatabaseMigration> context) {
    var resources = context.getPrimaryCache();
    resources.addIndexer(BY_CONFIG_MAP, WatchedObjects::configMapsOf);
    return new InformerEventSource<>(
        InformerEventSourceConfiguration.from(ConfigMap.class, DatabaseMigration.class)
            .withName("config-maps")
            .withNamespacesInheritedFromController()
            .withLabelSelector(SOURCE_LABEL)
            .withSecondaryToPrimaryMapper(configMap ->
                resources.byIndex(BY_CONFIG_MAP, key(configMap)).stream()
                    .map(ResourceID::fromResource)
                    .collect(Collectors.toSet()))
            .withItemStore(new SlimStore<>(Slim::configMap))
            .build(),
        context);
  }

  private static Set<ResourceID> resourceOf(HasMetadata part) {
    return JobIdentity.of(part)
        .map(JobIdentity::resource)
        .map(resource -> Set.of(new ResourceID(resource.name(), resource.namespace())))
        .orElse(Set.of());
  }

  private static List<String> configMapsOf(DatabaseMigration resource) {
    var namespace = resource.getMetadata().getNamespace();
    return Optional.ofNullable(resource.getSpec())
        .flatMap(spec -> Optional.ofNullable(spec.source()))
        .map(source -> source.configMaps())
        .orElse(List.of())
        .stream()
        .map(configMap -> namespace + "/" + configMap.name())
        .toList();
  }

  private static String key(ConfigMap configMap) {
    var meta = configMap.getMetadata();
    return meta.getNamespace() + "/" + meta.getName();
  }
}
