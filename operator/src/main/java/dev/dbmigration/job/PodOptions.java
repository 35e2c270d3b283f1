package dev.dbmigration.job;

import io.fabric8.kubernetes.api.model.LocalObjectReference;
import io.fabric8.kubernetes.api.model.ResourceRequirements;
import io.fabric8.kubernetes.api.model.Toleration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What a resource may say about the pods of its runs.
 *
 * @param resources of the container; what is absent is as {@link RunnerResources} says
 * @param nodeSelector labels that a node must have
 * @param tolerations taints of nodes that are accepted
 * @param imagePullSecrets for the image
 * @param labels added to Job and pod
 * @param annotations added to Job and pod
 */
public record PodOptions(
    Optional<ResourceRequirements> resources,
    Map<String, String> nodeSelector,
    List<Toleration> tolerations,
    List<LocalObjectReference> imagePullSecrets,
    Map<String, String> labels,
    Map<String, String> annotations) {

  /** Nothing is said. */
  public static final PodOptions NONE =
      new PodOptions(Optional.empty(), Map.of(), List.of(), List.of(), Map.of(), Map.of());

  private static final Pattern RESERVED =
      Pattern.compile(
          "((.*\\.)?(kubernetes\\.io|k8s\\.io|argoproj\\.io|dbmigration\\.dev)(/.*)?"
              + "|job-name|controller-uid)");

  /**
   * Copies lists and maps.
   *
   * @throws IllegalArgumentException if a label or annotation has a reserved key
   */
  public PodOptions {
    nodeSelector = Map.copyOf(nodeSelector);
    tolerations = List.copyOf(tolerations);
    imagePullSecrets = List.copyOf(imagePullSecrets);
    labels = Map.copyOf(labels);
    annotations = Map.copyOf(annotations);
    Stream.concat(labels.keySet().stream(), annotations.keySet().stream())
        .filter(key -> RESERVED.matcher(key).matches())
        .sorted()
        .findFirst()
        .ifPresent(PodOptions::refuse);
  }

  private static void refuse(String key) {
    throw new IllegalArgumentException(
        "the key \""
            + key
            + "\" in spec.job is reserved: choose one whose prefix does not end in kubernetes.io,"
            + " k8s.io, argoproj.io or dbmigration.dev, other than job-name and controller-uid");
  }
}
