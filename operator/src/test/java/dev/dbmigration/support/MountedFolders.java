package dev.dbmigration.support;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * Secrets and ConfigMaps as the kubelet mounts them: every file is a link through {@code ..data}.
 *
 * @param root of all
 */
public record MountedFolders(Path root) {

  private static final String CONTENT = "..2026_01_01_00_00_00.1";

  /** New folders in a temporary place. */
  public static MountedFolders create() {
    try {
      var pods = Files.createDirectories(Path.of("target", "runner-pods").toAbsolutePath());
      return new MountedFolders(Files.createTempDirectory(pods, "pod"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Adds files to a folder, which is there afterwards even if there are none. */
  public void add(String folder, Map<String, String> texts) {
    create(folder);
    texts.forEach((key, text) -> add(folder, key, text.getBytes(StandardCharsets.UTF_8)));
  }

  /** Adds a file of any content. */
  public void add(String folder, String key, byte[] content) {
    var place = root.resolve(folder);
    try {
      Files.createDirectories(place.resolve(CONTENT));
      Files.write(place.resolve(CONTENT).resolve(key), content);
      link(place.resolve("..data"), Path.of(CONTENT));
      link(place.resolve(key), Path.of("..data", key));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Shows a folder of another pod. */
  public void link(String folder, MountedFolders other) {
    try {
      link(root.resolve(folder), other.root.resolve(folder));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Takes a file away. */
  public void remove(String folder, String key) {
    try {
      Files.delete(root.resolve(folder).resolve(key));
      Files.delete(root.resolve(folder).resolve(CONTENT).resolve(key));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Makes a folder empty, as a new pod has it. */
  public void empty(String folder) {
    var place = root.resolve(folder);
    if (Files.exists(place)) {
      try (var paths = Files.walk(place)) {
        for (var path : paths.toList().reversed()) {
          Files.delete(path);
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    create(folder);
  }

  private void create(String folder) {
    try {
      Files.createDirectories(root.resolve(folder));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void link(Path link, Path target) throws IOException {
    if (!Files.exists(link)) {
      Files.createSymbolicLink(link, target);
    }
  }
}
