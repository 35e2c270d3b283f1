package dev.dbmigration.runner.source;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;

/**
 * Mounts of ConfigMaps as the kubelet writes them: a folder for each revision, the link {@code
 * ..data} to the current one, and a link through it for each file.
 */
record ConfigMapMounts(Path root) {

  void write(int index, Map<String, String> files) throws IOException {
    var mount = Files.createDirectories(root.resolve(Integer.toString(index)));
    var revision = Files.createTempDirectory(mount, "..2026_");
    for (var file : files.entrySet()) {
      Files.writeString(revision.resolve(file.getKey()), file.getValue());
      var link = mount.resolve(file.getKey());
      if (!Files.exists(link)) {
        Files.createSymbolicLink(link, Path.of("..data", file.getKey()));
      }
    }
    var next = Files.createSymbolicLink(mount.resolve("..data_tmp"), revision.getFileName());
    Files.move(next, mount.resolve("..data"), StandardCopyOption.ATOMIC_MOVE);
  }
}
