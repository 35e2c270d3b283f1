package dev.dbmigration.quickstart;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.events.v1.Event;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.List;

/** A resource with its events, laid out as {@code kubectl describe} does. */
final class Description {

  private static final int STEP = 2;

  private final StringBuilder text = new StringBuilder();

  private Description() {}

  static String of(HasMetadata resource, List<Event> events) {
    var description = new Description();
    var json = Serialization.unmarshal(Serialization.asJson(resource), ObjectNode.class);
    description.line(0, "Name:         " + resource.getMetadata().getName());
    description.line(0, "Namespace:    " + resource.getMetadata().getNamespace());
    description.line(0, "API Version:  " + resource.getApiVersion());
    description.line(0, "Kind:         " + resource.getKind());
    description.field(0, "spec", json.path("spec"));
    description.field(0, "status", json.path("status"));
    description.events(events);
    return description.text.toString();
  }

  private void field(int indent, String name, JsonNode value) {
    if (value.isContainerNode()) {
      if (!value.isEmpty()) {
        line(indent, title(name) + ":");
        fields(indent + STEP, value);
      }
    } else if (!value.isMissingNode()) {
      line(indent, title(name) + ":  " + value.asText());
    }
  }

  private void fields(int indent, JsonNode value) {
    if (value.isObject()) {
      value.properties().forEach(entry -> field(indent, entry.getKey(), entry.getValue()));
    } else {
      value.forEach(item -> item(indent, item));
    }
  }

  private void item(int indent, JsonNode item) {
    if (item.isContainerNode()) {
      if (!text.substring(0, text.length() - 1).endsWith(":")) {
        line(indent, "--");
      }
      fields(indent, item);
    } else {
      line(indent, item.asText());
    }
  }

  private void events(List<Event> events) {
    line(0, events.isEmpty() ? "Events:  <none>" : "Events:");
    for (var event : events) {
      line(STEP, "%-8s %-20s %s".formatted(event.getType(), event.getReason(), event.getNote()));
    }
  }

  private void line(int indent, String line) {
    text.append(" ".repeat(indent)).append(line).append('\n');
  }

  /** {@code observedGeneration} becomes {@code Observed Generation}. */
  private static String title(String name) {
    if (name.contains(".") || name.contains("-")) {
      return name;
    }
    var words = name.replaceAll("(?<=[a-z0-9])(?=[A-Z])", " ");
    return Character.toUpperCase(words.charAt(0)) + words.substring(1);
  }
}
