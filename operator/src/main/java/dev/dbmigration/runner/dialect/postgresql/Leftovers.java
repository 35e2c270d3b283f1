package dev.dbmigration.runner.dialect.postgresql;

import dev.dbmigration.runner.dialect.postgresql.connection.Sql;
import dev.dbmigration.sql.Statement;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a statement outside any transaction can leave behind when it fails, besides an index whose
 * name it gives.
 */
sealed interface Leftovers {

  /** Empty for statements that leave nothing behind that we know of. */
  static Optional<Leftovers> of(Statement statement) {
    var text = ConcurrentIndex.withoutComments(statement);
    return statement.kind() == Statement.Kind.CONCURRENT_INDEX
        ? InvalidIndexes.of(text).or(() -> PendingDetachment.of(text))
        : Optional.empty();
  }

  /** Rows: what is left in words, and the statement that clears it away. */
  String select();

  /** Whether the statement may run again when what it left is cleared away. */
  boolean isRepeatable();

  /**
   * What a person has to do.
   *
   * @param statements that clear away what is left
   * @param remedy for the failure itself
   */
  String remedy(String statements, String remedy);

  /**
   * Of a {@code REINDEX … CONCURRENTLY}: the new indexes, or the old ones.
   *
   * @param condition for the tables concerned
   */
  record InvalidIndexes(String condition) implements Leftovers {

    private static final Pattern FORM =
        ConcurrentIndex.form(
            "\\s*REINDEX\\s*(?:\\([^)]*\\)\\s*)?(?<kind>INDEX|TABLE|SCHEMA|DATABASE|SYSTEM)\\b"
                + "\\s*(?:CONCURRENTLY\\b\\s*)?(?<name>NAME)?.*");

    private static Optional<Leftovers> of(String text) {
      return Optional.of(FORM.matcher(text))
          .filter(Matcher::matches)
          .map(form -> new InvalidIndexes(condition(form)));
    }

    private static String condition(MatchResult form) {
      var name = Sql.literal(Optional.ofNullable(form.group("name")));
      var relation = "pg_catalog.to_regclass(" + name + ")";
      return switch (form.group("kind").toUpperCase(Locale.ROOT)) {
        case "INDEX" ->
            ofTable(
                "(SELECT indrelid FROM pg_catalog.pg_index WHERE indexrelid = " + relation + ")");
        case "TABLE" -> ofTable(relation);
        case "SCHEMA" -> onTables("relnamespace = pg_catalog.to_regnamespace(" + name + ")");
        default -> "true";
      };
    }

    private static String ofTable(String table) {
      return onTables(
          "oid = %1$s OR oid IN (SELECT relid FROM pg_catalog.pg_partition_tree(%1$s::pg_catalog.regclass))"
              .formatted(table));
    }

    /** On tables, and on what is stored apart from them. */
    private static String onTables(String condition) {
      return "indrelid IN (SELECT pg_catalog.unnest(ARRAY[oid, reltoastrelid]) FROM"
          + " pg_catalog.pg_class WHERE "
          + condition
          + ")";
    }

    @Override
    public String select() {
      return "SELECT 'the invalid index ' || name, 'DROP INDEX CONCURRENTLY IF EXISTS ' || name FROM (SELECT"
          + " pg_catalog.format('%I.%I', nspname, relname) AS name FROM pg_catalog.pg_index"
          + " JOIN pg_catalog.pg_class AS c ON c.oid = indexrelid"
          + " JOIN pg_catalog.pg_namespace AS n ON n.oid = relnamespace"
          + " WHERE NOT indisvalid AND relname ~ '_cc(new|old)[0-9]*$' AND "
          + condition
          + ") AS left_behind ORDER BY name";
    }

    @Override
    public boolean isRepeatable() {
      return true;
    }

    @Override
    public String remedy(String statements, String remedy) {
      return "Execute " + statements + " in the database. " + remedy;
    }
  }

  /**
   * Of a {@code DETACH PARTITION … CONCURRENTLY}: it may only be finished.
   *
   * @param table as the statement names it
   */
  record PendingDetachment(String table) implements Leftovers {

    private static final Pattern FORM =
        ConcurrentIndex.form(
            "\\s*ALTER\\s+TABLE\\s+(?:IF\\s+EXISTS\\s+)?(?:ONLY\\s+)?(?<table>NAME)\\s*\\*?\\s*"
                + "\\bDETACH\\b.*");

    private static Optional<Leftovers> of(String text) {
      return Optional.of(FORM.matcher(text))
          .filter(Matcher::matches)
          .map(form -> new PendingDetachment(form.group("table")));
    }

    @Override
    public String select() {
      return "SELECT pg_catalog.format('the pending detachment of %s from %s', part, whole),"
          + " pg_catalog.format('ALTER TABLE %s DETACH PARTITION %s FINALIZE', whole, part)"
          + " FROM (SELECT pg_catalog.format('%I.%I', n.nspname, c.relname) AS part,"
          + " pg_catalog.format('%I.%I', pn.nspname, p.relname) AS whole"
          + " FROM pg_catalog.pg_inherits"
          + " JOIN pg_catalog.pg_class AS c ON c.oid = inhrelid"
          + " JOIN pg_catalog.pg_namespace AS n ON n.oid = c.relnamespace"
          + " JOIN pg_catalog.pg_class AS p ON p.oid = inhparent"
          + " JOIN pg_catalog.pg_namespace AS pn ON pn.oid = p.relnamespace"
          + " WHERE inhdetachpending AND inhparent = pg_catalog.to_regclass("
          + Sql.literal(table)
          + ")) AS left_behind";
    }

    @Override
    public boolean isRepeatable() {
      return false;
    }

    @Override
    public String remedy(String statements, String remedy) {
      return "Write " + statements + " in the file instead of this statement.";
    }
  }
}
