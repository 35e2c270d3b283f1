package dev.dbmigration.controller.cluster;

import dev.dbmigration.model.Checksum;
import io.fabric8.kubernetes.api.model.ConfigMap;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The digest of files by which a change of a source is noticed. That of a ConfigMap is over the
 * files that the kubelet makes of it: in a mount, text and binary data look alike.
 */
public final class ContentDigest {

  private ContentDigest() {}

  /** The digest of files by their names, in whatever order. */
  public static Checksum of(Map<String, String> files) {
    return Checksum.ofFiles(texts(files));
  }

  /** The digest of all that a ConfigMap holds. */
  public static Checksum of(ConfigMap configMap) {
    var files = texts(Optional.ofNullable(configMap.getData()).orElse(Map.of()));
    Optional.ofNullable(configMap.getBinaryData())
        .orElse(Map.of())
        .forEach((name, base64) -> files.put(name, Base64.getDecoder().decode(base64)));
    return Checksum.ofFiles(files);
  }

  private static SortedMap<String, byte[]> texts(Map<String, String> files) {
    var bytes = new TreeMap<String, byte[]>();
    files.forEach((name, text) -> bytes.put(name, text.getBytes(StandardCharsets.UTF_8)));
    return bytes;
  }
}
