package dev.dbmigration.controller;

import dev.dbmigration.api.v1alpha1.DatabaseMigration;
import dev.dbmigration.api.v1alpha1.SourceSpec;
import dev.dbmigration.controller.cluster.ApiError;
import dev.dbmigration.controller.cluster.ClusterCache;
import dev.dbmigration.controller.cluster.ContentDigest;
import dev.dbmigration.controller.cluster.Slim;
import dev.dbmigration.controller.resource.AllowedKeys;
import dev.dbmigration.controller.resource.Asked;
import dev.dbmigration.controller.resource.InvalidSpecException;
import dev.dbmigration.model.Checksum;
import dev.dbmigration.model.Failure;
import dev.dbmigration.model.Reason;
import dev.dbmigration.reconcile.Inputs;
import dev.dbmigration.reconcile.Wish;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.ArrayList;
import java.util.Optional;

/**
 * Reads what a resource asks for; of ConfigMaps only whether they are there and whether they
 * changed.
 *
 * @param client reaches the cluster, for ConfigMaps that are not watched
 * @param allowed labels and annotations of Jobs
 */
record WishReader(KubernetesClient client, AllowedKeys allowed) {

  /**
   * What a resource asks for.
   *
   * @param wish that
   * @param isWatched whether every change of it is noticed by itself
   */
  record Reading(Wish wish, boolean isWatched) {}

  Reading read(DatabaseMigration resource, ClusterCache cache) {
    try {
      var asked = Asked.by(resource.getSpec());
      allowed.check(asked.pods());
      return read(resource, asked, cache);
    } catch (InvalidSpecException e) {
      return new Reading(new Wish.Invalid(invalid(String.valueOf(e.getMessage()))), true);
    }
  }

  private Reading read(DatabaseMigration resource, Asked asked, ClusterCache cache) {
    var source = resource.getSpec().source();
    var inline = Slim.inlineDigest(resource);
    if (source.configMaps().isEmpty()) {
      var content =
          inline.orElseThrow(
              () -> new InvalidSpecException("no source is given: add inline or configMaps"));
      return new Reading(understood(asked, new Inputs.Content.Inline(content)), true);
    }
    return configMaps(resource.getMetadata().getNamespace(), source, asked, cache);
  }

  private Reading configMaps(String namespace, SourceSpec source, Asked asked, ClusterCache cache) {
    var parts = new ArrayList<Inputs.Content.Part>();
    boolean isWatched = true;
    for (var configMap : source.configMaps()) {
      var watched = cache.watchedDigest(namespace, configMap.name());
      isWatched &= watched.isPresent();
      Optional<Checksum> digest;
      try {
        digest = watched.or(() -> look(namespace, configMap.name()));
      } catch (KubernetesClientException e) {
        if (!ApiError.isRefusal(e)) {
          throw e;
        }
        return new Reading(missing(namespace, configMap.name(), ApiError.words(e)), false);
      }
      if (digest.isEmpty()) {
        return new Reading(missing(namespace, configMap.name(), "it does not exist"), false);
      }
      parts.add(
          new Inputs.Content.Part(
              configMap.name(), Optional.ofNullable(configMap.folder()), digest.get()));
    }
    return new Reading(understood(asked, new Inputs.Content.ConfigMaps(parts)), isWatched);
  }

  /** Looks at a ConfigMap that is not watched; what passes by itself is thrown on. */
  private Optional<Checksum> look(String namespace, String name) {
    return Optional.ofNullable(client.configMaps().inNamespace(namespace).withName(name).get())
        .map(ContentDigest::of);
  }

  private static Wish understood(Asked asked, Inputs.Content content) {
    var inputs =
        new Inputs(
            asked.target(),
            content,
            asked.revision(),
            asked.placeholders(),
            asked.placeholdersSecretName(),
            asked.policy(),
            asked.execution());
    return new Wish.Understood(content, inputs.hash(), asked.isSuspended(), asked.attempts());
  }

  private static Wish missing(String namespace, String name, String why) {
    return new Wish.ConfigMapMissing(
        Failure.of(
            Reason.CONFIG_MAP_NOT_FOUND,
            "ConfigMap %s/%s cannot be read: %s".formatted(namespace, name, why),
            "Create it, or correct its name in spec.source.configMaps; the migration then starts"
                + " by itself"));
  }

  private static Failure invalid(String why) {
    return Failure.of(
        Reason.INVALID_SPEC,
        why,
        "Correct that field and apply the resource again; no run starts before");
  }
}
