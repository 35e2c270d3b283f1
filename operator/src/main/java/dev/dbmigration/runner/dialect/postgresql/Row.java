package dev.dbmigration.runner.dialect.postgresql;

import java.util.List;
import java.util.Optional;

/**
 * One row of a result, as text.
 *
 * @param values in the order of the columns
 */
record Row(List<Optional<String>> values) {

  Optional<String> optional(int column) {
    return values.get(column);
  }

  /** A value that the query makes sure of. */
  String text(int column) {
    return values.get(column).orElse("");
  }

  long number(int column) {
    return Long.parseLong(text(column));
  }

  boolean isTrue(int column) {
    return text(column).equals("t");
  }
}
