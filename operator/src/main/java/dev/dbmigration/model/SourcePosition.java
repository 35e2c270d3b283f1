package dev.dbmigration.model;

import java.util.regex.Pattern;

/**
 * A place in a migration file.
 *
 * @param file path below the root of the source
 * @param line from 1
 * @param column in characters, from 1
 */
public record SourcePosition(String file, int line, int column) {

  /** Checks that line and column count from 1. */
  public SourcePosition {
    if (line < 1 || column < 1) {
      throw new IllegalArgumentException("lines and columns count from 1");
    }
  }

  /**
   * The place behind the beginning of a file. Lines end with LF, CR LF or CR.
   *
   * @param file path below the root of the source
   * @param beginning of the file's text, without byte order mark
   */
  public static SourcePosition behind(String file, String beginning) {
    var lines = Pattern.compile("\\r\\n|\\r|\\n").split(beginning, -1);
    var last = lines[lines.length - 1];
    return new SourcePosition(file, lines.length, last.codePointCount(0, last.length()) + 1);
  }

  /** Written {@code file:line:column}. */
  @Override
  public String toString() {
    return file + ":" + line + ":" + column;
  }
}
