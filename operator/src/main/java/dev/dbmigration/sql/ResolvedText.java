package dev.dbmigration.sql;

import dev.dbmigration.model.Finding;
import dev.dbmigration.model.MigrationKey;
import dev.dbmigration.model.SourcePosition;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * A migration's text as it is executed, and the way back to the file.
 *
 * @param key the migration
 * @param lines of the file
 * @param text with placeholders resolved
 * @param replacements by their start in the text
 */
record ResolvedText(
    MigrationKey key,
    FileLines lines,
    String text,
    NavigableMap<Integer, Replacement> replacements) {

  /**
   * A placeholder that was resolved.
   *
   * @param end of the value in the text
   * @param originalStart of the placeholder in the file
   * @param originalEnd of the placeholder in the file
   */
  record Replacement(int end, int originalStart, int originalEnd) {}

  ResolvedText {
    replacements = new TreeMap<>(replacements);
  }

  /** The place in the file; within a value, where its placeholder begins. */
  SourcePosition positionOf(int index) {
    var before = replacements.floorEntry(index);
    if (before == null) {
      return lines.positionOf(index);
    }
    var replacement = before.getValue();
    return lines.positionOf(
        index < replacement.end()
            ? replacement.originalStart()
            : replacement.originalEnd() + index - replacement.end());
  }

  Finding unreadable(Problem problem) {
    return new Finding.FileUnreadable(
        key, positionOf(problem.index()), problem.message(), problem.remedy());
  }
}
