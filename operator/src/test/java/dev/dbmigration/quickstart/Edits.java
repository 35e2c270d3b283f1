package dev.dbmigration.quickstart;

import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Optional;

/** Applies the files of an example again when they were edited. */
final class Edits {

  private final Example example;
  private final PrintStream out;
  private Map<String, String> applied;

  Edits(Example example, PrintStream out) {
    this.example = example;
    this.out = out;
    this.applied = example.content();
  }

  /** Looks once. A file that an editor is just replacing is seen the next time. */
  void apply(Cluster cluster) {
    var found = read();
    if (found.isEmpty() || found.get().equals(applied)) {
      return;
    }
    applied = found.get();
    out.println();
    try {
      out.println("Applying the edited files");
      cluster.apply(example.configMap());
      cluster.apply(example.resource());
    } catch (RuntimeException e) {
      out.println("The files cannot be applied: " + e.getMessage());
    }
  }

  private Optional<Map<String, String>> read() {
    try {
      return Optional.of(example.content());
    } catch (UncheckedIOException e) {
      return Optional.empty();
    }
  }
}
