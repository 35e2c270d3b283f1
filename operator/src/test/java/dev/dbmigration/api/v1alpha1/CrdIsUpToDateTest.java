package dev.dbmigration.api.v1alpha1;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CrdIsUpToDateTest {

  /** The chart has a copy of its own, because Helm reads nothing outside of the chart. */
  @ParameterizedTest
  @ValueSource(strings = {"crds", "helm/dbmigration-operator/files/crds"})
  void theCommittedDefinitionFollowsFromTheRecords(String folder) throws IOException {
    var file = Path.of("..", folder, "databasemigrations.dbmigration.dev.yaml");
    var generated = Crd.yaml();
    if (Boolean.getBoolean("crds.update")) {
      Files.writeString(file, generated);
    }

    assertThat(file)
        .as("run ./mvnw test -Dtest=CrdIsUpToDateTest -Dcrds.update=true and commit the result")
        .hasContent(generated);
  }
}
