package dev.dbmigration.runner.source;

import dev.dbmigration.model.Checksum;
import dev.dbmigration.model.Finding;
import dev.dbmigration.model.Source;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The files of a source, copied once: whatever happens to the mounts afterwards, everything is read
 * from here.
 */
public final class SourceFiles {

  private final SortedMap<String, byte[]> content;

  private SourceFiles(SortedMap<String, byte[]> content) {
    this.content = content;
  }

  /**
   * Copies a source.
   *
   * @throws IOException if the mounts cannot be read
   */
  public static SourceCopy copy(Source source, SourceMounts mounts) throws IOException {
    var gathering = new Gathering();
    switch (source) {
      case Source.Inline _ -> gathering.addInline(mounts.inlineFiles());
      case Source.ConfigMaps(var configMaps) -> gathering.addAll(configMaps, mounts.configMaps());
    }
    var findings = gathering.findings();
    return findings.isEmpty()
        ? new SourceCopy.Copied(new SourceFiles(gathering.content))
        : new SourceCopy.Refused(findings);
  }

  /** Paths below the root of the source, sorted. */
  public List<String> names() {
    return List.copyOf(content.keySet());
  }

  /** Over the names and the content of all files. */
  public Checksum digest() {
    return Checksum.ofFiles(content);
  }

  /** The content of one of the files that {@link #names} lists. */
  byte[] read(String name) {
    return Objects.requireNonNull(content.get(name), name);
  }

  /** Files from several places, and what is wrong with them. */
  private static final class Gathering {
    private final SortedMap<String, byte[]> content = new TreeMap<>();
    private final List<String> absent = new ArrayList<>();
    private final List<Finding> changed = new ArrayList<>();
    private final SortedSet<String> ambiguous = new TreeSet<>();

    void addInline(SortedMap<String, String> files) {
      files.forEach((name, text) -> content.put(name, text.getBytes(StandardCharsets.UTF_8)));
    }

    void addAll(List<Source.ConfigMap> configMaps, Path mounts) throws IOException {
      for (int index = 0; index < configMaps.size(); index++) {
        var mount = new MountedFolder(mounts.resolve(Integer.toString(index)));
        add(configMaps.get(index), mount.read());
      }
    }

    private void add(Source.ConfigMap configMap, SortedMap<String, byte[]> files) {
      if (files.isEmpty()) {
        absent.add(configMap.name());
      } else if (isAnother(configMap, files)) {
        changed.add(new Finding.SourceChanged(configMap.name()));
      }
      var prefix = configMap.folder().map(folder -> folder + "/").orElse("");
      files.forEach((name, bytes) -> {
        if (content.putIfAbsent(prefix + name, bytes) != null) {
          ambiguous.add(prefix + name);
        }
      });
    }

    private static boolean isAnother(Source.ConfigMap configMap, SortedMap<String, byte[]> files) {
      return configMap
          .content()
          .filter(expected -> !expected.equals(Checksum.ofFiles(files)))
          .isPresent();
    }

    /** What is wrong within content that nobody asked to apply is not worth a word. */
    List<Finding> findings() {
      if (!changed.isEmpty()) {
        return changed;
      }
      var findings = new ArrayList<Finding>();
      if (!absent.isEmpty()) {
        findings.add(new Finding.ConfigMapNotFound(absent));
      }
      ambiguous.stream().map(Gathering::twice).forEach(findings::add);
      return findings;
    }

    private static Finding twice(String file) {
      return new Finding.FileNameInvalid(
          file,
          "is found in more than one ConfigMap",
          "Keep one of them, or give one of the ConfigMaps a folder in spec.source.configMaps.");
    }
  }
}
