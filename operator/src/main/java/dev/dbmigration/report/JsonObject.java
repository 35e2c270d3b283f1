package dev.dbmigration.report;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * An object of JSON, by which records are taken apart and put together again. What is absent has no
 * member, and members that nobody asks for are ignored, so that either side may be newer. All that
 * is asked for and is not as expected is an {@link IllegalArgumentException} that names the member.
 */
final class JsonObject {

  private static final JSON PLAIN = JSON.std;
  private static final JSON ASCII =
      new JSON(JsonFactory.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build());

  private final Map<String, Object> members;

  private JsonObject(Map<String, Object> members) {
    this.members = members;
  }

  /** Without members. */
  static JsonObject empty() {
    return new JsonObject(new LinkedHashMap<>());
  }

  /** With these members, in this order. */
  static JsonObject of(SortedMap<String, String> texts) {
    return new JsonObject(new LinkedHashMap<>(texts));
  }

  /** Reads one. */
  static JsonObject parse(String json) {
    try {
      return object(PLAIN.anyFrom(json), "the text");
    } catch (IOException e) {
      throw new IllegalArgumentException("not JSON", e);
    }
  }

  /** On one line. */
  String write() {
    return write(PLAIN);
  }

  /** On one line, of ASCII characters only. */
  String writeAscii() {
    return write(ASCII);
  }

  private String write(JSON json) {
    try {
      return json.asString(members);
    } catch (IOException e) {
      throw new IllegalStateException("memory cannot fail to be written", e);
    }
  }

  JsonObject with(String name, String value) {
    members.put(name, value);
    return this;
  }

  JsonObject with(String name, long value) {
    members.put(name, value);
    return this;
  }

  JsonObject with(String name, boolean value) {
    members.put(name, value);
    return this;
  }

  JsonObject with(String name, JsonObject value) {
    members.put(name, value.members);
    return this;
  }

  JsonObject with(String name, Map<String, String> values) {
    members.put(name, new TreeMap<>(values));
    return this;
  }

  JsonObject withTexts(String name, List<String> values) {
    members.put(name, values);
    return this;
  }

  JsonObject withObjects(String name, List<JsonObject> values) {
    members.put(name, values.stream().map(value -> value.members).toList());
    return this;
  }

  /** As text, unless it is absent. */
  JsonObject withText(String name, Optional<?> value) {
    value.ifPresent(present -> members.put(name, present.toString()));
    return this;
  }

  JsonObject withNumber(String name, Optional<? extends Number> value) {
    value.ifPresent(present -> members.put(name, present));
    return this;
  }

  JsonObject withObject(String name, Optional<JsonObject> value) {
    value.ifPresent(present -> members.put(name, present.members));
    return this;
  }

  String text(String name) {
    return optionalText(name).orElseThrow(() -> unexpected(name, "a text"));
  }

  Optional<String> optionalText(String name) {
    return member(name).map(value -> text(value, name));
  }

  long number(String name) {
    return optionalNumber(name).orElseThrow(() -> unexpected(name, "a number"));
  }

  Optional<Long> optionalNumber(String name) {
    return member(name)
        .map(value -> {
          if (value instanceof Integer || value instanceof Long) {
            return ((Number) value).longValue();
          }
          throw unexpected(name, "a whole number");
        });
  }

  /** False where it is absent. */
  boolean flag(String name) {
    return member(name).filter(Boolean.TRUE::equals).isPresent();
  }

  JsonObject object(String name) {
    return optionalObject(name).orElseThrow(() -> unexpected(name, "an object"));
  }

  Optional<JsonObject> optionalObject(String name) {
    return member(name).map(value -> object(value, name));
  }

  /** Empty where it is absent. */
  List<JsonObject> objects(String name) {
    return elements(name).stream().map(element -> object(element, name)).toList();
  }

  /** Empty where it is absent. */
  List<String> texts(String name) {
    return elements(name).stream().map(element -> text(element, name)).toList();
  }

  /** All members of a member as texts; empty where it is absent. */
  SortedMap<String, String> textsByName(String name) {
    return optionalObject(name).map(JsonObject::allTexts).orElseGet(TreeMap::new);
  }

  /** All members, by name. */
  SortedMap<String, String> allTexts() {
    var texts = new TreeMap<String, String>();
    members.keySet().forEach(name -> texts.put(name, text(name)));
    return texts;
  }

  private Optional<Object> member(String name) {
    return Optional.ofNullable(members.get(name));
  }

  private List<?> elements(String name) {
    return member(name)
        .<List<?>>map(value -> {
          if (value instanceof List<?> list) {
            return list;
          }
          throw unexpected(name, "a list");
        })
        .orElse(List.of());
  }

  private static String text(Object value, String name) {
    if (value instanceof String text) {
      return text;
    }
    throw unexpected(name, "a text");
  }

  private static JsonObject object(Object value, String name) {
    if (value instanceof Map<?, ?> map) {
      var members = new LinkedHashMap<String, Object>();
      map.forEach((key, member) -> members.put(String.valueOf(key), member));
      return new JsonObject(members);
    }
    throw unexpected(name, "an object");
  }

  private static IllegalArgumentException unexpected(String name, String expected) {
    return new IllegalArgumentException(name + " is not " + expected);
  }
}
