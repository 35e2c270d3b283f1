package dev.dbmigration.docs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.dbmigration.model.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The tables of the documentation have the names that the code uses. */
class ReferenceTest {

  private static final Page ARCHITECTURE = Page.of("docs/architecture.md");
  private static final Page OBJECTS = Page.of("docs/reference/objects.md");

  @Test
  void theExitCodesAreThese() {
    var documented =
        ARCHITECTURE.rowsOfCode().stream()
            .filter(row -> row.getFirst().matches("`[0-9]+`"))
            .map(row -> row.get(0) + row.get(1));

    assertThat(documented)
        .containsExactlyElementsOf(
            Arrays.stream(ExitCode.values())
                .map(code -> "`" + code.number() + "``" + code + "`")
                .toList());
  }

  @Test
  void everyPackageHasItsRow() throws IOException {
    var documented =
        ARCHITECTURE.rowsOfCode().stream()
            .map(row -> row.getFirst().replace("`", ""))
            .filter(name -> !name.matches("[0-9]+"));

    assertThat(documented).containsExactlyInAnyOrderElementsOf(packages());
  }

  @Test
  void everyLabelAndAnnotationOfAJobHasItsRow() throws IOException {
    var job = Path.of("src/test/resources/JobManifestTest/inline/out-job.yaml");
    var manifest = new YAMLMapper().readTree(job.toFile());

    var keys = keys(manifest.at("/metadata"));
    keys.addAll(keys(manifest.at("/spec/template/metadata")));

    assertThat(firstCells(OBJECTS)).containsAll(keys);
  }

  private static Set<String> keys(JsonNode metadata) {
    return Stream.of("labels", "annotations")
        .flatMap(part -> metadata.path(part).properties().stream())
        .map(Map.Entry::getKey)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static Stream<String> firstCells(Page page) {
    return page.rowsOfCode().stream().map(row -> row.getFirst().replace("`", ""));
  }

  private static List<String> packages() throws IOException {
    var root = Path.of("src/main/java/dev/dbmigration");
    try (var files = Files.walk(root)) {
      return files
          .filter(file -> file.endsWith("package-info.java"))
          .map(file -> root.relativize(file.getParent()).toString().replace('/', '.'))
          .toList();
    }
  }
}
