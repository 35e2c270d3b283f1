package dev.dbmigration.job;

import dev.dbmigration.model.Checksum;
import dev.dbmigration.model.ResourceRef;
import dev.dbmigration.model.RunRequest;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Which run of which resource a Job is, as its name, labels and annotations say.
 *
 * @param resource on whose behalf
 * @param run number of the run
 * @param inputsHash of its request
 */
public record JobIdentity(ResourceRef resource, int run, Checksum inputsHash) {

  /** Label of all Jobs of this operator, with the value {@link #MANAGER}. */
  public static final String MANAGED_BY = "app.kubernetes.io/managed-by";

  /** Value of {@link #MANAGED_BY}. */
  public static final String MANAGER = "dbmigration-operator";

  /** Label with the resource's uid. */
  public static final String UID = "dbmigration.dev/uid";

  /** Label with the number of the run. */
  public static final String RUN = "dbmigration.dev/run";

  /** Label with the resource's name, shortened where it is too long for a label. */
  static final String RESOURCE = "dbmigration.dev/resource";

  /** Label with the first digits of the inputs hash. */
  static final String INPUTS = "dbmigration.dev/inputs";

  /** Annotation with the resource's whole name. */
  static final String RESOURCE_NAME = "dbmigration.dev/resource-name";

  /** Annotation with the whole inputs hash. */
  static final String INPUTS_HASH = "dbmigration.dev/inputs-hash";

  private static final int MAX_LENGTH = 63;

  /** The identity that the Job of a request has. */
  public static JobIdentity of(RunRequest request) {
    return new JobIdentity(request.resource(), request.run(), request.inputsHash());
  }

  /** The identity of a Job in a cluster, or of its pod; empty if it is none of ours. */
  public static Optional<JobIdentity> of(HasMetadata jobOrPod) {
    var meta = jobOrPod.getMetadata();
    var labels = Optional.ofNullable(meta.getLabels()).orElse(Map.of());
    var annotations = Optional.ofNullable(meta.getAnnotations()).orElse(Map.of());
    var name = annotations.get(RESOURCE_NAME);
    var uid = labels.get(UID);
    var run = labels.get(RUN);
    var hash = annotations.get(INPUTS_HASH);
    if (!MANAGER.equals(labels.get(MANAGED_BY))
        || name == null
        || uid == null
        || run == null
        || hash == null) {
      return Optional.empty();
    }
    try {
      var resource = new ResourceRef(meta.getNamespace(), name, uid);
      return Optional.of(new JobIdentity(resource, Integer.parseInt(run), new Checksum(hash)));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /**
   * The Job's name, at most 63 characters: the resource's name, shortened if need be, the first
   * eight digits of its uid, and the number of the run.
   */
  public String jobName() {
    var suffix = "-" + shortUid() + "-" + run;
    return shortened(resource.name().replace('.', '-'), MAX_LENGTH - suffix.length()) + suffix;
  }

  Map<String, String> labels() {
    var labels = new TreeMap<String, String>();
    labels.put("app.kubernetes.io/name", "dbmigration-runner");
    labels.put("app.kubernetes.io/component", "run");
    labels.put(MANAGED_BY, MANAGER);
    labels.put(RESOURCE, shortened(resource.name(), MAX_LENGTH));
    labels.put(UID, resource.uid());
    labels.put(RUN, Integer.toString(run));
    labels.put(INPUTS, inputsHash.abbreviated());
    return labels;
  }

  Map<String, String> annotations() {
    return Map.of(RESOURCE_NAME, resource.name(), INPUTS_HASH, inputsHash.value());
  }

  private String shortUid() {
    var digits = resource.uid().toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "");
    return digits.substring(0, Math.min(8, digits.length()));
  }

  /** A name that ends in a letter or digit, as names and labels must. */
  public static String shortened(String name, int length) {
    return name.substring(0, Math.min(length, name.length())).replaceAll("[^a-z0-9]+$", "");
  }
}
