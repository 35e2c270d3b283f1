package dev.dbmigration.sql;

import dev.dbmigration.model.Failure;
import dev.dbmigration.model.Finding;
import dev.dbmigration.model.Migration;
import dev.dbmigration.model.MigrationKey;
import dev.dbmigration.model.Version;
import dev.dbmigration.sql.ScriptReading.Refused;
import dev.dbmigration.sql.ScriptReading.Understood;
import java.util.List;
import java.util.Map;

/** Reads texts as the migration {@code V1__test.sql}. */
final class Reading {

  private Reading() {}

  static ScriptReading of(String text) {
    return of(text, Map.of());
  }

  static ScriptReading of(String text, Map<String, String> placeholders) {
    var key = new MigrationKey.Versioned(Version.parse("1"));
    return PostgresScripts.read(
        Migration.of(key, "test", "V1__test.sql", text), new Placeholders(placeholders));
  }

  static Understood understood(String text) {
    return understood(text, Map.of());
  }

  static Understood understood(String text, Map<String, String> placeholders) {
    return switch (of(text, placeholders)) {
      case Understood understood -> understood;
      case Refused(var findings) ->
          throw new AssertionError("refused: " + Failure.ofAll(findings).message());
    };
  }

  static List<Finding> findings(String text) {
    return findings(text, Map.of());
  }

  static List<Finding> findings(String text, Map<String, String> placeholders) {
    return switch (of(text, placeholders)) {
      case Understood(var script, _) -> throw new AssertionError("understood: " + script);
      case Refused(var findings) -> findings;
    };
  }

  static Failure failure(String text) {
    return Failure.ofAll(findings(text));
  }

  static List<Statement> statements(String text) {
    return understood(text).script().segments().stream()
        .flatMap(segment -> segment.statements().stream())
        .toList();
  }

  static List<String> texts(String text) {
    return statements(text).stream().map(Statement::text).toList();
  }
}
