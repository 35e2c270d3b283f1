package dev.dbmigration.runner.source;

import dev.dbmigration.model.Checksum;
import dev.dbmigration.model.Finding;
import dev.dbmigration.model.Source;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The files of a source, copied once: whatever happens to the mounts afterwards, everything is read
 * from here. The copies are named by number, so that no file name can lead elsewhere.
 */
public final class SourceDirectory {

  private final Path folder;
  private final List<String> files;
  private final Checksum digest;

  private SourceDirectory(Path folder, SortedMap<String, byte[]> content) {
    this.folder = folder;
    this.files = List.copyOf(content.keySet());
    this.digest = Checksum.ofFiles(content);
  }

  /**
   * Copies a source.
   *
   * @param folder where to; created if absent
   * @throws IOException if the mounts cannot be read, or the folder cannot be written
   */
  public static SourceCopy copy(Source source, SourceMounts mounts, Path folder)
      throws IOException {
    var gathering = new Gathering();
    switch (source) {
      case Source.Inline _ -> gathering.addInline(mounts.inlineFiles());
      case Source.ConfigMaps(var configMaps) -> gathering.addAll(configMaps, mounts.configMaps());
    }
    var findings = gathering.findings();
    return findings.isEmpty()
        ? new SourceCopy.Copied(written(folder, gathering.content))
        : new SourceCopy.Refused(findings);
  }

  private static SourceDirectory written(Path folder, SortedMap<String, byte[]> content)
      throws IOException {
    Files.createDirectories(folder);
    var directory = new SourceDirectory(folder, content);
    for (var file : content.entrySet()) {
      Files.write(directory.copyOf(file.getKey()), file.getValue());
    }
    return directory;
  }

  /** Paths below the root of the source, sorted. */
  public List<String> files() {
    return files;
  }

  /** Over the names and the content of all files. */
  public Checksum digest() {
    return digest;
  }

  /**
   * The content of one of the {@link #files}.
   *
   * @throws IOException if it cannot be read
   */
  byte[] read(String file) throws IOException {
    return Files.readAllBytes(copyOf(file));
  }

  private Path copyOf(String file) {
    return folder.resolve("%06d".formatted(files.indexOf(file)));
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
