package dev.dbmigration.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The project's own files, as a user has them after a clone. */
final class Project {

  private Project() {}

  /** The top folder, whether tests run in it or in the module below it. */
  static Path folder() {
    var here = Path.of("").toAbsolutePath();
    return Files.exists(here.resolve("operator")) ? here : here.getParent();
  }

  /** The text of a file. */
  static String text(String path) {
    try {
      return Files.readString(folder().resolve(path));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
