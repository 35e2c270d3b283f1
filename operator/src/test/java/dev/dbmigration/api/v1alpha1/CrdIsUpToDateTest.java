package dev.dbmigration.api.v1alpha1;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class CrdIsUpToDateTest {

  private static final Path FILE = Path.of("..", "crds", "databasemigrations.dbmigration.dev.yaml");

  @Test
  void theCommittedDefinitionFollowsFromTheRecords() throws IOException {
    var generated = Crd.yaml();
    if (Boolean.getBoolean("crds.update")) {
      Files.writeString(FILE, generated);
    }

    assertThat(FILE)
        .as("run ./mvnw test -Dtest=CrdIsUpToDateTest -Dcrds.update=true and commit the result")
        .hasContent(generated);
  }
}
