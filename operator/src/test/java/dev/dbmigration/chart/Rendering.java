package dev.dbmigration.chart;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The objects that the chart made.
 *
 * @param objects in the order of helm
 */
record Rendering(List<HasMetadata> objects) {

  private static final Pattern BETWEEN_DOCUMENTS = Pattern.compile("(?m)^---$");

  private static final KubernetesSerialization YAML = new KubernetesSerialization();

  static Rendering of(Helm.Result result) {
    if (result.exitCode() != 0) {
      throw new AssertionError("helm refused: " + result.errors());
    }
    return new Rendering(
        BETWEEN_DOCUMENTS
            .splitAsStream(result.output())
            .filter(document -> document.contains("kind:"))
            .<HasMetadata>map(YAML::unmarshal)
            .toList());
  }

  /** All objects of a type, in all namespaces. */
  <T> List<T> all(Class<T> type) {
    return objects.stream().filter(type::isInstance).map(type::cast).toList();
  }

  /** The only object of a type. */
  <T> T the(Class<T> type) {
    var found = all(type);
    if (found.size() != 1) {
      throw new AssertionError(found.size() + " objects of " + type.getSimpleName());
    }
    return found.getFirst();
  }

  /** Kinds of all objects, each as often as it occurs. */
  List<String> kinds() {
    return objects.stream().map(HasMetadata::getKind).toList();
  }
}
