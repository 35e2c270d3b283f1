package dev.dbmigration.runner.dialect.postgresql;

import dev.dbmigration.runner.dialect.postgresql.connection.Sql;
import dev.dbmigration.sql.Statement;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The index that a {@code CREATE INDEX CONCURRENTLY} makes. When the statement breaks off, the
 * index stays behind and is invalid: unused, but kept up to date.
 *
 * @param table as the statement names it
 * @param name of the index
 */
record ConcurrentIndex(String table, String name) {

  private static final String IDENTIFIER = "(?:\"(?:[^\"]|\"\")+\"|[\\p{L}_][\\p{L}\\p{N}_$]*)";
  private static final Pattern CAPITALS = Pattern.compile("[A-Z]+");
  private static final Pattern COMMENT = Pattern.compile("--[^\\n]*|(?s:/\\*.*?\\*/)");
  private static final Pattern FORM =
      form(
          "\\s*CREATE\\s+(?:UNIQUE\\s+)?INDEX\\s+CONCURRENTLY\\s+(?:IF\\s+NOT\\s+EXISTS\\s+)?"
              + "(?!ON\\s)(?<name>IDENTIFIER)\\s*\\bON\\s+(?:ONLY\\s+)?(?<table>NAME)\\b?.*");

  /** Empty for other statements, and where the server chooses the name. */
  static Optional<ConcurrentIndex> of(Statement statement) {
    if (statement.kind() != Statement.Kind.CONCURRENT_INDEX) {
      return Optional.empty();
    }
    var form = FORM.matcher(withoutComments(statement));
    return form.matches()
        ? Optional.of(new ConcurrentIndex(form.group("table"), plain(form.group("name"))))
        : Optional.empty();
  }

  static String withoutComments(Statement statement) {
    return COMMENT.matcher(statement.text()).replaceAll(" ");
  }

  /** A form of statements, with IDENTIFIER for one and NAME for one that can be qualified. */
  static Pattern form(String text) {
    return Pattern.compile(
        text.replace("NAME", "IDENTIFIER(?:\\s*\\.\\s*IDENTIFIER)?")
            .replace("IDENTIFIER", IDENTIFIER),
        Pattern.CASE_INSENSITIVE | Pattern.DOTALL | Pattern.UNICODE_CASE);
  }

  /** The index's qualified name and whether it is valid; no row if it does not exist. */
  String select() {
    return "SELECT pg_catalog.quote_ident(nspname) || '.' || pg_catalog.quote_ident(relname),"
        + " indisvalid FROM pg_catalog.pg_index"
        + " JOIN pg_catalog.pg_class ON pg_class.oid = indexrelid"
        + " JOIN pg_catalog.pg_namespace ON pg_namespace.oid = relnamespace"
        + " WHERE indrelid = pg_catalog.to_regclass("
        + Sql.literal(table)
        + ") AND relname = "
        + Sql.literal(name);
  }

  /** Of a name without quotes the server folds only A to Z. */
  private static String plain(String identifier) {
    return identifier.startsWith("\"")
        ? identifier.substring(1, identifier.length() - 1).replace("\"\"", "\"")
        : CAPITALS.matcher(identifier).replaceAll(found -> found.group().toLowerCase(Locale.ROOT));
  }
}
