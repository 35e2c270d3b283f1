package dev.dbmigration.runner.dialect.postgresql.connection;

import java.util.List;
import java.util.Optional;

/**
 * One row of a result, as text.
 *
 * @param values in the order of the columns
 */
public record Row(List<Optional<String>> values) {

  /** A value as text; empty if it is NULL. */
  public Optional<String> optional(int column) {
    return values.get(column);
  }

  /** A value that the query makes sure of. */
  public String text(int column) {
    return values.get(column).orElse("");
  }

  /** A value that is a whole number and not NULL. */
  public long number(int column) {
    return Long.parseLong(text(column));
  }

  /** Whether a value is the true of the server. */
  public boolean isTrue(int column) {
    return text(column).equals("t");
  }
}
