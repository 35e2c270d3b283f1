package dev.dbmigration.chart;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The chart of this project, as {@code helm template} renders it. */
final class Chart {

  /** The release's name in all tests. */
  static final String RELEASE = "rel";

  /** The release's namespace in all tests. */
  static final String NAMESPACE = "ops";

  /** What the chart calls its objects in all tests. */
  static final String NAME = "rel-dbmigration-operator";

  private static final Map<List<String>, Rendering> RENDERED = new ConcurrentHashMap<>();

  private Chart() {}

  /** The top folder of the project, whether tests run in it or in the module below it. */
  static Path project() {
    var here = Path.of("").toAbsolutePath();
    return Files.exists(here.resolve("operator")) ? here : here.getParent();
  }

  static Path folder() {
    return project().resolve("helm/dbmigration-operator");
  }

  /** Renders it with values as they follow {@code --set-json}. */
  static Rendering with(String... values) {
    return RENDERED.computeIfAbsent(
        List.of(values), _ -> Rendering.of(render(Helm.installed().getFirst(), values)));
  }

  /** What helm says against these values. */
  static String refusalOf(String... values) {
    var result = render(Helm.installed().getFirst(), values);
    if (result.exitCode() == 0) {
      throw new AssertionError("accepted: " + List.of(values));
    }
    return result.errors();
  }

  /** Renders it with one of several helms. */
  static Helm.Result render(Helm helm, String... values) {
    var arguments =
        new ArrayList<>(
            List.of(
                "template",
                RELEASE,
                folder().toString(),
                "--namespace",
                NAMESPACE,
                "--kube-version",
                "1.36.0"));
    Arrays.stream(values).forEach(value -> arguments.addAll(List.of("--set-json", value)));
    return helm.run(arguments);
  }
}
