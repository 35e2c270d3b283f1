package dev.dbmigration.sql;

import dev.dbmigration.model.Finding;
import dev.dbmigration.model.Migration;
import dev.dbmigration.sql.ResolvedText.Replacement;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** A text whose placeholders were looked up. */
sealed interface PlaceholderResolution {

  /** Blanks around the name are allowed; other text between braces is left as it is. */
  Pattern PLACEHOLDER = Pattern.compile("\\$\\{[ \\t]*([A-Za-z0-9_][A-Za-z0-9_.:-]*)[ \\t]*}");

  /**
   * All have a value.
   *
   * @param text to execute
   */
  record Resolved(ResolvedText text) implements PlaceholderResolution {}

  /**
   * Something is wrong.
   *
   * @param findings at least one
   */
  record Unresolved(List<Finding> findings) implements PlaceholderResolution {}

  static PlaceholderResolution of(Migration migration, Placeholders placeholders) {
    var written = migration.text();
    var original = written.startsWith("\uFEFF") ? written.substring(1) : written;
    var lines = new FileLines(migration.file(), original);
    return switch (FileDirectives.of(original)) {
      case FileDirectives.Unknown(int index) ->
          new Unresolved(List.of(unknownDirective(migration, lines, index)));
      case FileDirectives.Known(boolean hasPlaceholders) ->
          hasPlaceholders
              ? resolve(migration, original, lines, placeholders)
              : new Resolved(new ResolvedText(migration.key(), lines, original, new TreeMap<>()));
    };
  }

  private static PlaceholderResolution resolve(
      Migration migration, String original, FileLines lines, Placeholders placeholders) {
    var findings = new ArrayList<Finding>();
    var replacements = new TreeMap<Integer, Replacement>();
    var text = new StringBuilder();
    int copied = 0;
    var matcher = PLACEHOLDER.matcher(original);
    while (matcher.find()) {
      text.append(original, copied, matcher.start());
      copied = matcher.end();
      int start = text.length();
      placeholders
          .valueOf(matcher.group(1))
          .ifPresentOrElse(
              text::append,
              () ->
                  findings.add(
                      new Finding.PlaceholderMissing(
                          migration.key(), lines.positionOf(matcher.start()), matcher.group(1))));
      replacements.put(start, new Replacement(text.length(), matcher.start(), matcher.end()));
    }
    text.append(original, copied, original.length());
    return findings.isEmpty()
        ? new Resolved(new ResolvedText(migration.key(), lines, text.toString(), replacements))
        : new Unresolved(List.copyOf(findings));
  }

  private static Finding unknownDirective(Migration migration, FileLines lines, int index) {
    return new Finding.FileUnreadable(
        migration.key(),
        lines.positionOf(index),
        "The comment that begins here is no known directive.",
        "The only directive is: -- dbmigration:placeholders=off");
  }
}
