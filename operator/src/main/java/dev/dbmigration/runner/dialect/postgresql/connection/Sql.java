package dev.dbmigration.runner.dialect.postgresql.connection;

import java.util.List;
import java.util.Optional;

/** Pieces of SQL text: our own statements carry their values as literals, in one message each. */
public final class Sql {

  private Sql() {}

  /** A literal that means the same whatever a script has set. */
  public static String literal(String text) {
    return "E'" + text.replace("\\", "\\\\").replace("'", "''") + "'";
  }

  /** A literal, or NULL. */
  public static String literal(Optional<String> text) {
    return text.map(Sql::literal).orElse("NULL");
  }

  /** A quoted identifier. */
  public static String identifier(String name) {
    return '"' + name.replace("\"", "\"\"") + '"';
  }

  /** Several statements as one message. */
  public static String message(List<String> statements) {
    return String.join(";\n", statements);
  }
}
