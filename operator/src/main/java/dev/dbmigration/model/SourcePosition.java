package dev.dbmigration.model;

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

  /** Written {@code file:line:column}. */
  @Override
  public String toString() {
    return file + ":" + line + ":" + column;
  }
}
