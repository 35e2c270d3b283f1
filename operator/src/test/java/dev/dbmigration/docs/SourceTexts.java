package dev.dbmigration.docs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What the code can say: its string literals, put together again where they are written in parts.
 *
 * @param patterns one for each, in which anything stands for a value
 */
record SourceTexts(List<Pattern> patterns) {

  private static final Pattern BETWEEN_PARTS = Pattern.compile("\"\\s*\\+\\s*\"");
  private static final Pattern VALUE_BETWEEN =
      Pattern.compile("\"\\s*\\+\\s*[\\w.()]+\\s*\\+\\s*\"");
  private static final Pattern LITERAL = Pattern.compile("\"((?:[^\"\\\\\n]|\\\\.)*)\"");
  private static final Pattern VALUE = Pattern.compile("%[sd]");

  /** Those that are a sentence at least: shorter ones are found everywhere. */
  static SourceTexts ofTheProgram() {
    try (var files = Files.walk(Page.PROJECT.resolve("operator/src/main/java"))) {
      return new SourceTexts(
          files
              .filter(file -> file.toString().endsWith(".java"))
              .flatMap(SourceTexts::literals)
              .filter(text -> text.split(" ").length >= 3 && longestPart(text) >= 20)
              .map(SourceTexts::atTheEnd)
              .toList());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  boolean sayTheEndOf(String message) {
    return patterns.stream().anyMatch(pattern -> pattern.matcher(message).find());
  }

  private static Stream<String> literals(Path file) {
    try {
      var joined = BETWEEN_PARTS.matcher(Files.readString(file)).replaceAll("");
      return LITERAL
          .matcher(VALUE_BETWEEN.matcher(joined).replaceAll("%s"))
          .results()
          .map(literal -> literal.group(1).replace("\\\"", "\""));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static int longestPart(String text) {
    return Arrays.stream(VALUE.split(text)).mapToInt(String::length).max().orElse(0);
  }

  /** A remedy without a full stop gets one when it is written. */
  private static Pattern atTheEnd(String text) {
    return Arrays.stream(VALUE.split(text.replaceFirst("\\.$", ""), -1))
        .map(Pattern::quote)
        .collect(
            Collectors.collectingAndThen(Collectors.joining(".+", "", "\\.?$"), Pattern::compile));
  }
}
