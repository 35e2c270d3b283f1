package dev.dbmigration.runner;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A Secret as the kubelet mounts it: one file per key, reached through symbolic links. */
final class MountedFolder {

  private MountedFolder() {}

  /**
   * Keys and values; empty when the Secret does not exist. One line end at the end of a value is
   * left by the tool that made the Secret and does not count.
   */
  static Map<String, String> read(Path folder) throws IOException {
    var values = new TreeMap<String, String>();
    for (var file : files(folder)) {
      var text = new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
      values.put(file.getFileName().toString(), withoutLineEnd(text));
    }
    return values;
  }

  /** What begins with two dots is the kubelet's own. */
  private static List<Path> files(Path folder) throws IOException {
    var files = new ArrayList<Path>();
    if (Files.isDirectory(folder)) {
      try (var entries = Files.newDirectoryStream(folder)) {
        for (var entry : entries) {
          if (!entry.getFileName().toString().startsWith("..") && Files.isRegularFile(entry)) {
            files.add(entry);
          }
        }
      }
    }
    return files;
  }

  private static String withoutLineEnd(String text) {
    if (text.endsWith("\r\n")) {
      return text.substring(0, text.length() - 2);
    }
    return text.endsWith("\n") ? text.substring(0, text.length() - 1) : text;
  }
}
