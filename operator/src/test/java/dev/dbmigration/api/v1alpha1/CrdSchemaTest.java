package dev.dbmigration.api.v1alpha1;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.dbmigration.model.Execution;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

class CrdSchemaTest {

  private final JSONSchemaProps root =
      Crd.generate().getSpec().getVersions().getFirst().getSchema().getOpenAPIV3Schema();

  @Test
  void everyFieldHasADescription() {
    var missing = new ArrayList<String>();

    visit(
        "",
        root,
        (path, schema) -> {
          if (!path.matches(".*\\[]") && schema.getDescription() == null) {
            missing.add(path);
          }
        });

    assertThat(missing).isEmpty();
  }

  @Test
  void everyTextListAndMapIsBounded() {
    var unbounded = new ArrayList<String>();

    visit(
        "",
        root,
        (path, schema) -> {
          if (!isBounded(schema)) {
            unbounded.add(path);
          }
        });

    assertThat(unbounded).isEmpty();
  }

  @Test
  void seesWhatIsNotBounded() {
    var text = new JSONSchemaProps();
    text.setType("string");

    assertThat(isBounded(text)).isFalse();
  }

  @Test
  void defaultsAreThoseThatApplyWithoutAnApiServer() {
    var usual = Execution.DEFAULT;

    assertThat(defaultOf("lockTimeout")).isEqualTo(usual.lockTimeout());
    assertThat(defaultOf("statementTimeout")).isEqualTo(usual.statementTimeout());
    assertThat(defaultOf("waitForLock")).isEqualTo(usual.waitForLock());
    assertThat(defaultOf("deadline")).isEqualTo(usual.deadline());
    assertThat(execution("lockRetries").asInt()).isEqualTo(usual.lockRetries());
  }

  @Test
  void valuesOfEnumsArePascalCaseExceptEngines() {
    var values = new ArrayList<String>();

    visit(
        "",
        root,
        (path, schema) -> {
          if (!path.endsWith(".engine")) {
            schema.getEnum().forEach(value -> values.add(value.asText()));
          }
        });

    assertThat(values).contains("VerifyFull").allMatch(value -> value.matches("([A-Z][a-z]+)+"));
  }

  private Duration defaultOf(String field) {
    return Duration.parse("PT" + execution(field).asText().toUpperCase(Locale.ROOT));
  }

  private JsonNode execution(String field) {
    var spec = root.getProperties().get("spec").getProperties();
    return spec.get("execution").getProperties().get(field).getDefault();
  }

  private static boolean isBounded(JSONSchemaProps schema) {
    boolean isOpen = schema.getEnum().isEmpty() && !"date-time".equals(schema.getFormat());
    return switch (schema.getType()) {
      case "string" -> !isOpen || schema.getMaxLength() != null;
      case "array" -> schema.getMaxItems() != null;
      case "object" ->
          schema.getAdditionalProperties() == null || schema.getMaxProperties() != null;
      case null -> schema.getMaxLength() != null;
      default -> List.of("integer", "boolean").contains(schema.getType());
    };
  }

  private interface Visitor {
    void visit(String path, JSONSchemaProps schema);
  }

  private static void visit(String path, JSONSchemaProps schema, Visitor visitor) {
    visitor.visit(path, schema);
    schema.getProperties().forEach((name, field) -> visit(path + "." + name, field, visitor));
    if (schema.getItems() != null) {
      visit(path + "[]", schema.getItems().getSchema(), visitor);
    }
    if (schema.getAdditionalProperties() != null) {
      visit(path + "[]", schema.getAdditionalProperties().getSchema(), visitor);
    }
  }
}
