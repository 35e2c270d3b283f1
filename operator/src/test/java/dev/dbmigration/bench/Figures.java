package dev.dbmigration.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Locale;

/**
 * Collects what was measured as rows of one Markdown table, in {@code target/benchmarks.md}, and
 * prints it.
 */
public final class Figures {

  private static final Path FILE = Path.of("target", "benchmarks.md");

  private Figures() {}

  /** The middle one of an odd number of values, the upper middle one otherwise. */
  public static double median(List<Double> values) {
    return values.stream().sorted().toList().get(values.size() / 2);
  }

  /** One decimal number with two digits after the point. */
  public static String number(double value) {
    return String.format(Locale.ROOT, "%.2f", value);
  }

  /** Adds a row: what was measured, ours, the peer's, the ratio or limit that is aimed at. */
  public static void row(String what, String ours, String peer, String aim) throws IOException {
    if (!Files.exists(FILE)) {
      Files.createDirectories(FILE.getParent());
      Files.writeString(FILE, "| measured | ours | peer | aim |\n|---|---|---|---|\n");
    }
    var line = "| " + String.join(" | ", what, ours, peer, aim) + " |";
    Files.writeString(FILE, line + "\n", StandardOpenOption.APPEND);
    System.out.println(line);
  }
}
