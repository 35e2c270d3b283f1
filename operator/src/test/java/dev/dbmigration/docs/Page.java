package dev.dbmigration.docs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A page of the documentation.
 *
 * @param path from the top folder of the project
 */
record Page(Path path) {

  /** The top folder of the project. */
  static final Path PROJECT = Path.of("..").toAbsolutePath().normalize();

  private static final Pattern FENCE =
      Pattern.compile("(?ms)^ *```[^\\n]*\\n(.*?)^ *```$|^(?: {4}[^\\n]*\\n)+");

  private static final Pattern MESSAGE = Pattern.compile("(?s)```text\n(.*?)\n```");

  static Page of(String path) {
    return new Page(PROJECT.resolve(path));
  }

  /** All pages, in the top folder and below {@code docs}. */
  static List<Page> all() {
    try (var top = Files.list(PROJECT);
        var docs = Files.walk(PROJECT.resolve("docs"))) {
      return Stream.concat(top, docs)
          .filter(path -> path.toString().endsWith(".md"))
          .sorted()
          .map(Page::new)
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  String text() {
    try {
      return Files.readString(path);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The text without line breaks within paragraphs. */
  String flowing() {
    return text().replaceAll("\\s+", " ");
  }

  /** The text without what is code. */
  String prose() {
    return FENCE.matcher(text()).replaceAll("").replaceAll("`[^`\\n]*`", "");
  }

  /** Headings as links name them. */
  List<String> anchors() {
    return FENCE
        .matcher(text())
        .replaceAll("")
        .lines()
        .filter(line -> line.matches("#+ .*"))
        .map(line -> line.replaceFirst("#+ ", "").toLowerCase(java.util.Locale.ROOT))
        .map(heading -> heading.replaceAll("[^\\p{L}\\p{N} _-]", "").replace(' ', '-'))
        .toList();
  }

  /** Second headings, in their order. */
  List<String> headings() {
    return text()
        .lines()
        .filter(line -> line.startsWith("## "))
        .map(line -> line.substring(3))
        .toList();
  }

  /** What is quoted as a message. */
  List<String> messages() {
    return MESSAGE.matcher(text()).results().map(block -> block.group(1)).toList();
  }

  /** The rows of the tables whose first cell is code, as cells. */
  List<List<String>> rowsOfCode() {
    return text()
        .lines()
        .filter(line -> line.startsWith("| `"))
        .map(line ->
            Stream.of(line.substring(1, line.length() - 1).split("(?<!\\\\)\\|", -1))
                .map(String::strip)
                .toList())
        .toList();
  }

  @Override
  public String toString() {
    return PROJECT.relativize(path).toString();
  }
}
