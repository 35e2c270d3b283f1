package dev.dbmigration.controller.cluster;

import dev.dbmigration.api.v1alpha1.DatabaseMigration;
import dev.dbmigration.api.v1alpha1.DatabaseMigrationSpec;
import dev.dbmigration.api.v1alpha1.DatabaseMigrationStatus;
import dev.dbmigration.api.v1alpha1.SourceSpec;
import dev.dbmigration.model.Checksum;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobBuilder;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What is kept in memory of the objects that are watched: what decisions need, and nothing large.
 * In place of content there is its digest, in an annotation that exists only here.
 */
public final class Slim {

  /** Digest of what was left out. */
  static final String DIGEST = "dbmigration.dev/digest";

  private static final String OURS = "dbmigration.dev/";
  private static final Pattern FORM = Pattern.compile("sha256:[0-9a-f]{64}");

  private Slim() {}

  /** A resource without inline files, plan and history. */
  public static DatabaseMigration resource(DatabaseMigration full) {
    var slim = new DatabaseMigration();
    slim.setMetadata(metadata(full.getMetadata(), computedDigest(full)));
    if (full.getSpec() != null) {
      slim.setSpec(withoutFiles(full.getSpec()));
    }
    if (full.getStatus() != null) {
      slim.setStatus(withoutLists(full.getStatus()));
    }
    return slim;
  }

  /** A Job without its pod template. */
  public static Job job(Job full) {
    return new JobBuilder()
        .withMetadata(metadata(full.getMetadata(), Optional.empty()))
        .withNewSpec()
        .withTtlSecondsAfterFinished(
            full.getSpec() == null ? null : full.getSpec().getTtlSecondsAfterFinished())
        .endSpec()
        .withStatus(full.getStatus())
        .build();
  }

  /** A pod of which only its existence is known. */
  public static Pod pod(Pod full) {
    return new PodBuilder().withMetadata(metadata(full.getMetadata(), Optional.empty())).build();
  }

  /** A ConfigMap without its content. */
  public static ConfigMap configMap(ConfigMap full) {
    return new ConfigMapBuilder()
        .withMetadata(metadata(full.getMetadata(), Optional.of(ContentDigest.of(full))))
        .build();
  }

  /** The digest of the inline files of a resource, slim or not; empty if it has none. */
  public static Optional<Checksum> inlineDigest(DatabaseMigration resource) {
    var files = inlineFiles(resource);
    return files.isEmpty() ? digest(resource.getMetadata()) : Optional.of(ContentDigest.of(files));
  }

  /** The digest that stands in place of content. */
  public static Optional<Checksum> digest(ObjectMeta metadata) {
    return Optional.ofNullable(metadata.getAnnotations())
        .map(annotations -> annotations.get(DIGEST))
        .filter(FORM.asMatchPredicate())
        .map(Checksum::new);
  }

  private static Optional<Checksum> computedDigest(DatabaseMigration full) {
    return Optional.of(inlineFiles(full)).filter(files -> !files.isEmpty()).map(ContentDigest::of);
  }

  private static Map<String, String> inlineFiles(DatabaseMigration resource) {
    return Optional.ofNullable(resource.getSpec())
        .map(DatabaseMigrationSpec::source)
        .map(SourceSpec::inline)
        .orElse(Map.of());
  }

  private static DatabaseMigrationSpec withoutFiles(DatabaseMigrationSpec spec) {
    var source = spec.source();
    return new DatabaseMigrationSpec(
        spec.target(),
        source == null
            ? source
            : new SourceSpec(
                source.revision(),
                Map.of(),
                source.configMaps(),
                source.placeholders(),
                source.placeholdersSecretName()),
        spec.baselineVersion(),
        spec.outOfOrder(),
        spec.execution(),
        spec.suspend(),
        spec.job());
  }

  private static DatabaseMigrationStatus withoutLists(DatabaseMigrationStatus status) {
    return new DatabaseMigrationStatus(
        status.observedGeneration(),
        status.conditions(),
        status.target(),
        status.currentVersion(),
        status.applied(),
        status.pending(),
        status.runs(),
        status.sourceDigest(),
        status.historyHead(),
        null,
        List.of(),
        status.lastRun(),
        status.warnings());
  }

  /** Without managed fields and without annotations of others, such as kubectl's copy. */
  private static ObjectMeta metadata(ObjectMeta full, Optional<Checksum> digest) {
    var annotations = new HashMap<String, String>();
    Optional.ofNullable(full.getAnnotations())
        .orElse(Map.of())
        .forEach((key, value) -> {
          if (key.startsWith(OURS) && !key.equals(DIGEST)) {
            annotations.put(key, value);
          }
        });
    digest.ifPresent(value -> annotations.put(DIGEST, value.value()));
    return new ObjectMetaBuilder(full)
        .withManagedFields(List.of())
        .withAnnotations(annotations.isEmpty() ? null : annotations)
        .build();
  }
}
