package dev.dbmigration.sql;

import dev.dbmigration.model.Finding;
import dev.dbmigration.model.Migration;
import java.util.List;

/** Reads migrations for PostgreSQL. */
public final class PostgresScripts {

  private PostgresScripts() {}

  /**
   * Resolves the placeholders of a migration, splits its text into statements, and arranges them in
   * what can run in a transaction and what cannot. Nothing of a text is executed that is not
   * understood as a whole.
   */
  public static ScriptReading read(Migration migration, Placeholders placeholders) {
    return switch (PlaceholderResolution.of(migration, placeholders)) {
      case PlaceholderResolution.Unresolved(var findings) -> new ScriptReading.Refused(findings);
      case PlaceholderResolution.Resolved(var text) -> read(text);
    };
  }

  private static ScriptReading read(ResolvedText text) {
    var splitting = StatementSplitter.split(text.text());
    if (!splitting.problems().isEmpty()) {
      return new ScriptReading.Refused(
          splitting.problems().stream().<Finding>map(text::unreadable).toList());
    }
    return ScriptAssembly.of(text, splitting);
  }

  /** The tokens of a text, in order and without gaps. */
  static List<Token> tokens(String text) {
    return StatementSplitter.split(text).tokens();
  }
}
