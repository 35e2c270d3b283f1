package dev.dbmigration.e2e;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;

/**
 * A DatabaseMigration as a file that {@code kubectl apply} takes.
 *
 * @param content its JSON, which is YAML too
 */
record Manifest(ObjectNode content) {

  /** The name of the Secret that it points at. */
  static final String SECRET = "orders-db";

  private static final ObjectMapper JSON = new ObjectMapper();

  /** A resource for a server of the tests, which speak plain text; its source is still to say. */
  static Manifest named(String name) {
    return new Manifest(JSON.createObjectNode())
        .with("/apiVersion", "dbmigration.dev/v1alpha1")
        .with("/kind", "DatabaseMigration")
        .with("/metadata/name", name)
        .with("/spec/target/engine", "postgresql")
        .with("/spec/target/secretName", SECRET)
        .with("/spec/target/tls/mode", "Disable");
  }

  /** The same with these files. */
  Manifest inline(Map<String, String> files) {
    return with("/spec/source/inline", files);
  }

  /** The same with the files of a ConfigMap. */
  Manifest fromConfigMap(String configMap) {
    return with("/spec/source/configMaps", List.of(Map.of("name", configMap)));
  }

  /** The same with another value at a JSON pointer such as {@code /spec/suspend}. */
  Manifest with(String place, Object value) {
    var copy = content.deepCopy();
    var pointer = JsonPointer.compile(place);
    copy.withObject(pointer.head())
        .set(pointer.last().getMatchingProperty(), JSON.valueToTree(value));
    return new Manifest(copy);
  }

  /** The same without the value at a JSON pointer. */
  Manifest without(String place) {
    var copy = content.deepCopy();
    var pointer = JsonPointer.compile(place);
    copy.withObject(pointer.head()).remove(pointer.last().getMatchingProperty());
    return new Manifest(copy);
  }

  /** The text of the file. */
  String text() {
    return content.toPrettyString();
  }
}
