package dev.dbmigration.support;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Custom resources as {@code kubectl get} shows them, by the columns of their definition. */
public final class PrinterTable {

  private static final Pattern CONDITION =
      Pattern.compile("\\.status\\.conditions\\[\\?\\(@\\.type==\"(\\w+)\"\\)]\\.(\\w+)");
  private static final int GAP = 3;

  private final List<CustomResource.Column> columns;
  private final List<JsonNode> objects;
  private final Instant now;

  PrinterTable(List<CustomResource.Column> columns, List<JsonNode> objects, Instant now) {
    this.columns = columns;
    this.objects = objects;
    this.now = now;
  }

  /** The text for the resources given; wide with all columns. */
  public static String of(List<? extends HasMetadata> resources, boolean wide) {
    var objects =
        resources.stream()
            .<JsonNode>map(resource -> ApiServer.parse(Serialization.asJson(resource)))
            .toList();
    return new PrinterTable(CustomResource.read().columns(), objects, Instant.now()).text(wide);
  }

  private String text(boolean wide) {
    var shown = columns.stream().filter(column -> wide || column.priority() == 0).toList();
    var rows = new ArrayList<List<String>>();
    var header = new ArrayList<>(List.of("NAME"));
    shown.forEach(column -> header.add(column.name().toUpperCase(Locale.ROOT)));
    rows.add(header);
    for (var object : objects) {
      var row = new ArrayList<>(List.of(nameOf(object)));
      shown.forEach(column -> row.add(cell(object, column)));
      rows.add(row);
    }
    return aligned(rows);
  }

  private static String aligned(List<List<String>> rows) {
    var widths =
        IntStream.range(0, rows.getFirst().size())
            .map(i -> rows.stream().mapToInt(row -> row.get(i).length()).max().orElse(0))
            .toArray();
    return rows.stream()
        .map(row ->
            IntStream.range(0, row.size())
                .mapToObj(i -> row.get(i) + " ".repeat(widths[i] - row.get(i).length() + GAP))
                .collect(Collectors.joining())
                .stripTrailing())
        .collect(Collectors.joining("\n"));
  }

  /** As the API server answers {@code kubectl}. */
  ObjectNode asTable() {
    var table = JsonNodeFactory.instance.objectNode();
    table.put("kind", "Table").put("apiVersion", "meta.k8s.io/v1");
    var definitions = table.putArray("columnDefinitions");
    definitions.addObject().put("name", "Name").put("type", "string").put("format", "name");
    for (var column : columns) {
      definitions
          .addObject()
          .put("name", column.name())
          .put("type", "string")
          .put("priority", column.priority());
    }
    var rows = table.putArray("rows");
    for (var object : objects) {
      var row = rows.addObject();
      var cells = row.putArray("cells").add(nameOf(object));
      columns.forEach(column -> cells.add(cell(object, column)));
      row.set("object", object);
    }
    return table;
  }

  private static String nameOf(JsonNode object) {
    return object.at("/metadata/name").asText();
  }

  private String cell(JsonNode object, CustomResource.Column column) {
    var value = valueAt(object, column.jsonPath());
    return column.type().equals("date") && !value.isEmpty()
        ? age(Duration.between(Instant.parse(value), now))
        : value;
  }

  private static String valueAt(JsonNode object, String path) {
    var condition = CONDITION.matcher(path);
    if (!condition.matches()) {
      return object.at(path.replace('.', '/')).asText();
    }
    for (var candidate : object.at("/status/conditions")) {
      if (candidate.path("type").asText().equals(condition.group(1))) {
        return candidate.path(condition.group(2)).asText();
      }
    }
    return "";
  }

  private static String age(Duration age) {
    if (age.toMinutes() < 2) {
      return Math.max(0, age.toSeconds()) + "s";
    }
    return age.toHours() < 2 ? age.toMinutes() + "m" : age.toHours() + "h";
  }
}
