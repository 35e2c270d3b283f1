package dev.dbmigration.controller;

import dev.dbmigration.model.Checksum;
import io.fabric8.kubernetes.api.model.ConfigMap;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The digest of files by which a change of a source is noticed; names count, order does not. */
final class ContentDigest {

  private ContentDigest() {}

  static Checksum of(Map<String, String> files) {
    var bytes = new ByteArrayOutputStream();
    add(bytes, "text", files);
    return Checksum.ofBytes(bytes.toByteArray());
  }

  static Checksum of(ConfigMap configMap) {
    var bytes = new ByteArrayOutputStream();
    add(bytes, "text", Optional.ofNullable(configMap.getData()).orElse(Map.of()));
    add(bytes, "base64", Optional.ofNullable(configMap.getBinaryData()).orElse(Map.of()));
    return Checksum.ofBytes(bytes.toByteArray());
  }

  /** The length of each part comes first, so that none can pose as two. */
  private static void add(ByteArrayOutputStream bytes, String kind, Map<String, String> files) {
    new TreeMap<>(files)
        .forEach((name, content) -> {
          add(bytes, kind);
          add(bytes, name);
          add(bytes, content);
        });
  }

  private static void add(ByteArrayOutputStream bytes, String text) {
    var encoded = text.getBytes(StandardCharsets.UTF_8);
    bytes.writeBytes((encoded.length + ":").getBytes(StandardCharsets.UTF_8));
    bytes.writeBytes(encoded);
  }
}
