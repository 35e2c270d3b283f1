package dev.dbmigration.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import org.junit.jupiter.api.Test;

class FieldReferenceTest {

  private static final Page PAGE = Page.of("docs/reference/databasemigration.md");

  @Test
  void thePageFollowsFromTheDefinition() throws IOException {
    var generated = FieldReference.ofTheDefinition().page();
    if (Boolean.getBoolean("reference.update")) {
      Files.writeString(PAGE.path(), generated);
    }

    assertThat(PAGE.path())
        .as("run ./mvnw test -Dtest=FieldReferenceTest -Dreference.update=true, commit the result")
        .hasContent(generated);
  }
}
