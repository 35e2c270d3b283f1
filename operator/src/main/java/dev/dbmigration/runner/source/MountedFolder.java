package dev.dbmigration.runner.source;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A folder into which the kubelet mounts a ConfigMap. Its files are links through the link {@code
 * ..data} into a folder of one revision; the kubelet changes that one link when the ConfigMap
 * changes, and removes the old folder.
 *
 * @param path of the mount
 */
record MountedFolder(Path path) {

  private static final int READINGS_AT_MOST = 20;

  /**
   * All files of one revision, by name; empty if there is no ConfigMap.
   *
   * @throws IOException if files cannot be read
   */
  SortedMap<String, byte[]> read() throws IOException {
    for (int reading = 1; reading <= READINGS_AT_MOST; reading++) {
      var revision = revision();
      var files = read(revision);
      if (files.isPresent() && revision.equals(revision())) {
        return files.get();
      }
    }
    throw new IOException(path + " changed whenever it was read");
  }

  private Path revision() throws IOException {
    var data = path.resolve("..data");
    try {
      return Files.isDirectory(data) ? data.toRealPath() : path;
    } catch (NoSuchFileException e) {
      return path;
    }
  }

  /** Empty if the revision disappeared meanwhile. */
  private static Optional<SortedMap<String, byte[]>> read(Path revision) throws IOException {
    var files = new TreeMap<String, byte[]>();
    if (!Files.isDirectory(revision)) {
      return Optional.of(files);
    }
    try (var entries = Files.newDirectoryStream(revision)) {
      for (var entry : entries) {
        var name = entry.getFileName().toString();
        if (!name.startsWith("..") && Files.isRegularFile(entry)) {
          files.put(name, Files.readAllBytes(entry));
        }
      }
      return Optional.of(files);
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }
}
