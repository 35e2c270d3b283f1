package dev.dbmigration.support;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.client.dsl.base.CustomResourceDefinitionContext;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** What the definition in {@code crds/} says about the custom resource. */
final class CustomResource {

  /** Group, version and names. */
  static final CustomResourceDefinitionContext CONTEXT =
      new CustomResourceDefinitionContext.Builder()
          .withGroup("dbmigration.dev")
          .withVersion("v1alpha1")
          .withKind("DatabaseMigration")
          .withPlural("databasemigrations")
          .withScope("Namespaced")
          .withStatusSubresource(true)
          .build();

  /** A column of {@code kubectl get}; a priority above 0 shows it with {@code -o wide} only. */
  record Column(String name, String jsonPath, String type, int priority) {}

  private final JsonNode version;

  private CustomResource(JsonNode definition) {
    this.version = definition.at("/spec/versions/0");
  }

  /** Reads {@code crds/} at the top of the checkout. */
  static CustomResource read() {
    for (var folder = Path.of("").toAbsolutePath(); folder != null; folder = folder.getParent()) {
      if (Files.isDirectory(folder.resolve("crds"))) {
        return read(folder.resolve("crds"));
      }
    }
    throw new IllegalStateException("no folder crds here or above");
  }

  private static CustomResource read(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .map(CustomResource::parse)
          .filter(
              definition -> definition.at("/spec/names/kind").asText().equals(CONTEXT.getKind()))
          .findFirst()
          .map(CustomResource::new)
          .orElseThrow();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static JsonNode parse(Path file) {
    try {
      return Serialization.unmarshal(Files.readString(file), ObjectNode.class);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  List<Column> columns() {
    var columns = new ArrayList<Column>();
    for (var column : version.path("additionalPrinterColumns")) {
      columns.add(
          new Column(
              column.path("name").asText(),
              column.path("jsonPath").asText(),
              column.path("type").asText(),
              column.path("priority").asInt()));
    }
    return columns;
  }

  /** Fills in what the definition has defaults for, as the API server does before it stores. */
  void applyDefaults(ObjectNode object) {
    fill(object, version.at("/schema/openAPIV3Schema"));
  }

  private static void fill(JsonNode value, JsonNode schema) {
    if (value instanceof ObjectNode object) {
      for (var property : schema.path("properties").properties()) {
        if (!object.has(property.getKey()) && property.getValue().has("default")) {
          object.set(property.getKey(), property.getValue().get("default").deepCopy());
        }
        fill(object.path(property.getKey()), property.getValue());
      }
      for (var entry : object.properties()) {
        if (!schema.path("properties").has(entry.getKey())) {
          fill(entry.getValue(), schema.path("additionalProperties"));
        }
      }
    } else if (value.isArray()) {
      value.forEach(item -> fill(item, schema.path("items")));
    }
  }
}
