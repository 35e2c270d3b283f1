package dev.dbmigration.chart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

@NeedsHelm
class CrdTest {

  @Test
  void installsTheDefinitionThatTheProjectShips() throws IOException {
    var rendered = Chart.with().the(CustomResourceDefinition.class);

    assertThat(rendered.getSpec()).isEqualTo(shipped().getSpec());
    assertThat(rendered.getMetadata().getName()).isEqualTo(shipped().getMetadata().getName());
  }

  @Test
  void copiesEveryDefinitionThatTheProjectShips() throws IOException {
    assertThat(namesIn(Chart.folder().resolve("files/crds")))
        .isNotEmpty()
        .isEqualTo(namesIn(Chart.project().resolve("crds")));
  }

  @Test
  void keepsTheDefinitionUnlessToldOtherwise() {
    assertThat(annotations(Chart.with())).contains(entry("helm.sh/resource-policy", "keep"));
    assertThat(annotations(Chart.with("crds.keep=false")))
        .doesNotContainKey("helm.sh/resource-policy");
  }

  @Test
  void leavesTheDefinitionOutWhenToldSo() {
    assertThat(Chart.with("crds.enabled=false").kinds()).doesNotContain("CustomResourceDefinition");
  }

  private static Map<String, String> annotations(Rendering rendering) {
    return rendering.the(CustomResourceDefinition.class).getMetadata().getAnnotations();
  }

  private static CustomResourceDefinition shipped() throws IOException {
    return new KubernetesSerialization()
        .unmarshal(
            Files.readString(
                Chart.project().resolve("crds/databasemigrations.dbmigration.dev.yaml")),
            CustomResourceDefinition.class);
  }

  private static List<String> namesIn(Path folder) throws IOException {
    try (var files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }
}
