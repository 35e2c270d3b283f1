package dev.dbmigration.docs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/**
 * The fields of the custom resource as a page, from the definition that is committed.
 *
 * @param schema of the resource
 */
record FieldReference(JsonNode schema) {

  private static final String HEAD =
      """
      # Fields of a DatabaseMigration

      Generated from the definition in `crds/`: `./mvnw test -Dtest=FieldReferenceTest -Dreference.update=true`. Durations are written as `90s`, `5m` or `1h30m`.
      `kubectl explain databasemigration.spec` shows the same in a cluster.

      | Short name | Category | Group and version |
      |---|---|---|
      | `dbm` | `dbmigration` | `dbmigration.dev/v1alpha1` |
      """;

  static FieldReference ofTheDefinition() {
    var file = Page.PROJECT.resolve("crds/databasemigrations.dbmigration.dev.yaml");
    try {
      var definition = new YAMLMapper().readTree(file.toFile());
      return new FieldReference(definition.at("/spec/versions/0/schema/openAPIV3Schema"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  String page() {
    return HEAD
        + section("spec", "| Field | Form | Default | Meaning |\n|---|---|---|---|\n")
        + section("status", "| Field | Form | | Meaning |\n|---|---|---|---|\n");
  }

  private String section(String name, String tableHead) {
    var root = schema.at("/properties/" + name);
    var rows = new ArrayList<String>();
    addFields(name, root, rows);
    return "\n## " + name + "\n\n" + tableHead + String.join("", rows);
  }

  private static void addFields(String path, JsonNode node, List<String> rows) {
    node.path("properties")
        .properties()
        .forEach(field -> {
          var inner = path + "." + field.getKey();
          rows.add(row(inner, field.getValue(), isRequired(node, field.getKey())));
          addFields(inner, field.getValue(), rows);
          addFields(inner + "[]", field.getValue().path("items"), rows);
        });
  }

  private static boolean isRequired(JsonNode parent, String field) {
    return StreamSupport.stream(parent.path("required").spliterator(), false)
        .anyMatch(name -> name.asText().equals(field));
  }

  private static String row(String path, JsonNode field, boolean isRequired) {
    return "| `%s` | %s | %s | %s%s |\n"
        .formatted(
            path,
            form(field),
            isRequired ? "required" : defaultValue(field),
            field.path("description").asText(),
            rules(field));
  }

  private static String form(JsonNode field) {
    if (field.has("enum")) {
      return "one of "
          + StreamSupport.stream(field.path("enum").spliterator(), false)
              .map(value -> "`" + value.asText() + "`")
              .collect(Collectors.joining(", "));
    }
    if (field.path("x-kubernetes-int-or-string").asBoolean()) {
      return "quantity";
    }
    return switch (field.path("type").asText()) {
      case "string" -> field.path("pattern").asText().contains("h|m|s|ms") ? "duration" : "text";
      case "integer" -> "number" + bounds(field);
      case "boolean" -> "true or false";
      case "array" -> "list" + atMost(field, "maxItems");
      default -> field.has("additionalProperties") ? "map" + atMost(field, "maxProperties") : "";
    };
  }

  private static String bounds(JsonNode field) {
    return field.has("maximum")
        ? ", %d to %d".formatted(field.path("minimum").asLong(), field.path("maximum").asLong())
        : "";
  }

  private static String atMost(JsonNode field, String bound) {
    return field.has(bound) ? " of at most " + field.path(bound).asLong() : "";
  }

  private static String defaultValue(JsonNode field) {
    var value = field.path("default");
    return value.isValueNode() && !value.isNull() ? "`" + value.asText() + "`" : "";
  }

  /** What the API server says when a rule is broken. */
  private static String rules(JsonNode field) {
    return StreamSupport.stream(field.path("x-kubernetes-validations").spliterator(), false)
        .map(rule -> " Refused otherwise: *" + rule.path("message").asText() + "*.")
        .collect(Collectors.joining())
        .replace("|", "\\|");
  }
}
