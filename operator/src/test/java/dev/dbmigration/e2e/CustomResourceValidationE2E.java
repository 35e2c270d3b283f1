package dev.dbmigration.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What a real API server says to resources: each file of {@code
 * src/test/resources/CustomResourceValidationE2E} is one, and begins with a part of the answer.
 */
@OnACluster
class CustomResourceValidationE2E {

  private static final Path SCENARIOS =
      Path.of("src", "test", "resources", "CustomResourceValidationE2E");

  private static final Path DEFINITION =
      Path.of("..", "crds", "databasemigrations.dbmigration.dev.yaml");

  private static boolean definitionIsMine;

  @BeforeAll
  static void installTheDefinition(Cluster cluster) {
    var name = "crd/databasemigrations.dbmigration.dev";
    definitionIsMine = !cluster.kubectl("get", name).succeeded();
    if (definitionIsMine) {
      cluster.kubectl("create", "-f", DEFINITION.toString()).orFail();
    }
    cluster.kubectl("wait", name, "--for=condition=Established", "--timeout=2m").orFail();
  }

  /** Helm does not take over a definition that it did not install. */
  @AfterAll
  static void removeTheDefinition(Cluster cluster) {
    if (definitionIsMine) {
      cluster.kubectl("delete", "--wait", "-f", DEFINITION.toString()).orFail();
    }
  }

  static Stream<Path> scenarios() throws IOException {
    try (var files = Files.list(SCENARIOS)) {
      return files.sorted().toList().stream();
    }
  }

  @ParameterizedTest
  @MethodSource("scenarios")
  void answersAsTheFirstLineSays(Path scenario, Cluster cluster) throws IOException {
    var file = scenario.getFileName().toString();
    var manifest = Files.readString(scenario);
    var answer = manifest.lines().findFirst().orElseThrow().replaceFirst("^# ", "");

    var result = create(cluster, manifest);

    assertThat(file).matches("(valid|invalid)-.*\\.yaml");
    assertThat(result.succeeded()).isEqualTo(file.startsWith("valid-"));
    if (!result.succeeded()) {
      assertThat(result.stderr()).contains(answer);
    }
  }

  @Test
  void countsTheBytesOfInlineFilesAndNotTheirCharacters(Cluster cluster) throws IOException {
    var manifest = Files.readString(SCENARIOS.resolve("valid-inline.yaml"));

    var inAll = create(cluster, manifest.replace("{}", "x".repeat(120 * 1024)));
    var tooLarge = create(cluster, manifest.replace("{}", "é".repeat(120 * 1024)));

    assertThat(inAll.succeeded()).isTrue();
    assertThat(tooLarge.stderr())
        .contains("the inline files are larger than 128 KiB in all: move them to ConfigMaps");
  }

  /** With one engine a change cannot be seen, so a copy of the definition gets a second one. */
  @Test
  void doesNotLetTheEngineChange(Cluster cluster) throws IOException {
    var copy =
        Files.readString(DEFINITION)
            .replace("dbmigration.dev", "dbmigration.test")
            .replaceFirst("- \"postgresql\"", "- \"postgresql\"\n                    - \"mysql\"");
    var resource = Files.readString(SCENARIOS.resolve("valid-smallest.yaml"));
    var mine = resource.replace("dbmigration.dev", "dbmigration.test");
    cluster.kubectlReading(copy, "create", "-f", "-").orFail();
    cluster.kubectl(
        "wait",
        "crd/databasemigrations.dbmigration.test",
        "--for=condition=Established",
        "--timeout=2m");
    cluster.kubectlReading(mine, "create", "-n", "default", "-f", "-").orFail();

    var change =
        cluster.kubectlReading(
            mine.replace("postgresql", "mysql"), "replace", "-n", "default", "-f", "-");

    assertThat(change.stderr())
        .contains("engine cannot be changed: create another DatabaseMigration");
    cluster.kubectlReading(copy, "delete", "-f", "-").orFail();
  }

  private static Command.Result create(Cluster cluster, String manifest) {
    return cluster.kubectlReading(
        manifest, "create", "--dry-run=server", "-n", "default", "-f", "-");
  }
}
