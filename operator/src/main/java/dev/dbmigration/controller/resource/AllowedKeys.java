package dev.dbmigration.controller.resource;

import dev.dbmigration.job.PodOptions;
import java.util.Collection;
import java.util.Set;
import java.util.TreeSet;

/**
 * Which labels and annotations resources may give to Jobs and pods. By a label a pod becomes a part
 * of a Service or of a network policy, so whoever may not create pods must not choose them freely.
 *
 * @param labels keys that are allowed
 * @param annotations keys that are allowed
 */
public record AllowedKeys(Set<String> labels, Set<String> annotations) {

  /** Copies both. */
  public AllowedKeys {
    labels = Set.copyOf(labels);
    annotations = Set.copyOf(annotations);
  }

  /**
   * Looks at what a resource asks for.
   *
   * @throws InvalidSpecException if it has another key
   */
  public void check(PodOptions pods) {
    check("labels", pods.labels().keySet(), labels);
    check("annotations", pods.annotations().keySet(), annotations);
  }

  private static void check(String field, Collection<String> asked, Set<String> allowed) {
    asked.stream()
        .filter(key -> !allowed.contains(key))
        .sorted()
        .findFirst()
        .ifPresent(key -> refuse(field, key, allowed));
  }

  private static void refuse(String field, String key, Set<String> allowed) {
    throw new InvalidSpecException(
        "spec.job.%s has the key \"%s\", but the operator's settings allow %s"
            .formatted(
                field,
                key,
                allowed.isEmpty() ? "none" : "only " + String.join(", ", new TreeSet<>(allowed))));
  }
}
