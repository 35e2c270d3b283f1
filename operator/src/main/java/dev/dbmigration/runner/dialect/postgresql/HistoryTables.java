package dev.dbmigration.runner.dialect.postgresql;

import dev.dbmigration.model.MigrationKey;
import dev.dbmigration.runner.dialect.NewEntry;
import dev.dbmigration.runner.dialect.postgresql.connection.Sql;
import java.util.List;
import java.util.Optional;

/**
 * Names and statements of the two tables. Nothing here depends on what a script has set: every name
 * is qualified.
 *
 * @param schema where they are
 * @param searchPath what scripts shall find names by; absent means the role's own
 */
record HistoryTables(String schema, Optional<String> searchPath) {

  static final String HISTORY = "dbmigration_history";
  static final String PROGRESS = "dbmigration_progress";

  /** The kind of a row whose migration is not finished; it is no entry yet. */
  static final String UNFINISHED = "APPLYING";

  /** Columns: start in microseconds of the epoch, duration in milliseconds. */
  static final String TIMES =
      "(extract(epoch FROM started_at) * 1000000)::pg_catalog.int8, duration_millis";

  /**
   * Sessions of ours are noticed dead, and let go of their locks, within about a minute, but never
   * for being idle or slow; and the server reads strings as our lexer does, whatever is set for the
   * role or the database. Servers on other systems than Linux refuse to look after connections.
   */
  private static final String SETTINGS =
      """
      SELECT pg_catalog.set_config(name, value, false) FROM (VALUES
        ('client_connection_check_interval', '5s'), ('idle_in_transaction_session_timeout', '60s'),
        ('idle_session_timeout', '0'), ('transaction_timeout', '0'),
        ('tcp_keepalives_idle', '30'), ('tcp_keepalives_interval', '10'),
        ('tcp_keepalives_count', '3'),
        ('standard_conforming_strings', 'on')) AS ours(name, value)
        WHERE pg_catalog.current_setting(name, true) IS NOT NULL
          AND (name <> 'client_connection_check_interval' OR pg_catalog.version() LIKE '%linux%')\
      """;

  /** Whether the specification names the schema, or it is the role's own default. */
  boolean isNamed() {
    return searchPath.isPresent();
  }

  /** The other schemas of the database in which there is a history. */
  String selectOtherHistories() {
    return "SELECT nspname FROM pg_catalog.pg_class JOIN pg_catalog.pg_namespace AS n ON n.oid ="
        + " relnamespace WHERE relname = '"
        + HISTORY
        + "' AND relkind = 'r' AND nspname <> "
        + Sql.literal(schema)
        + " ORDER BY nspname LIMIT 5";
  }

  String history() {
    return Sql.identifier(schema) + "." + HISTORY;
  }

  String progress() {
    return Sql.identifier(schema) + "." + PROGRESS;
  }

  /** Takes back the role only: enough to read and write our tables. */
  static List<String> ownRole() {
    return List.of("RESET SESSION AUTHORIZATION", "RESET ROLE");
  }

  /** Makes the session as it was after the log-in, with our settings; works in a transaction. */
  List<String> freshSession() {
    return List.of(
        "RESET SESSION AUTHORIZATION",
        "RESET ROLE",
        "RESET ALL",
        "CLOSE ALL",
        "DEALLOCATE ALL",
        "UNLISTEN *",
        "DISCARD TEMP",
        "DISCARD SEQUENCES",
        "SELECT pg_catalog.pg_advisory_unlock_all()",
        SETTINGS,
        searchPath
            .map(path ->
                "SELECT pg_catalog.set_config('search_path', " + Sql.literal(path) + ", false)")
            .orElse("SELECT NULL"));
  }

  /** What a connection needs that only holds a lock. */
  static String settings() {
    return SETTINGS;
  }

  /** The fence: fails if the sequence is taken, before anything else is executed. */
  String insert(NewEntry entry, String kind) {
    return "INSERT INTO "
        + history()
        + " (sequence, kind, version, repeatable, description, file, checksum, run_id,"
        + " operator_version, hash) VALUES ("
        + String.join(
            ", ",
            Long.toString(entry.sequence()),
            Sql.literal(kind),
            Sql.literal(version(entry.key())),
            Sql.literal(repeatable(entry.key())),
            Sql.literal(entry.description()),
            Sql.literal(entry.file()),
            Sql.literal(entry.checksum().map(Object::toString)),
            Sql.literal(entry.runId()),
            Sql.literal(operatorVersion()),
            Sql.literal(entry.hash().toString()))
        + ") RETURNING true";
  }

  private static Optional<String> version(MigrationKey key) {
    return switch (key) {
      case MigrationKey.Versioned versioned -> Optional.of(versioned.version().toString());
      case MigrationKey.Repeatable _ -> Optional.empty();
    };
  }

  private static Optional<String> repeatable(MigrationKey key) {
    return switch (key) {
      case MigrationKey.Versioned _ -> Optional.empty();
      case MigrationKey.Repeatable repeatable -> Optional.of(repeatable.description());
    };
  }

  private static String operatorVersion() {
    return Optional.ofNullable(HistoryTables.class.getPackage().getImplementationVersion())
        .orElse("development");
  }

  /** Fills in the duration; returns start and duration, or nothing if an entry was removed. */
  String complete(NewEntry entry) {
    return "UPDATE "
        + history()
        + " SET duration_millis = "
        + millisSince("started_at")
        + " WHERE sequence = "
        + entry.sequence()
        + " AND hash = "
        + Sql.literal(entry.hash().toString())
        + andNoneIsRemoved(entry)
        + " RETURNING "
        + TIMES;
  }

  /** A condition that holds as long as there are as many entries as the last one's number says. */
  String andNoneIsRemoved(NewEntry last) {
    return " AND (SELECT pg_catalog.count(*) FROM " + history() + ") = " + last.sequence();
  }

  /** Turns the row of an unfinished migration into an entry. */
  String finish(NewEntry entry) {
    return "UPDATE "
        + history()
        + " SET kind = "
        + Sql.literal(entry.kind().name())
        + ", description = "
        + Sql.literal(entry.description())
        + ", file = "
        + Sql.literal(entry.file())
        + ", checksum = "
        + Sql.literal(entry.checksum().map(Object::toString))
        + ", run_id = "
        + Sql.literal(entry.runId())
        + ", operator_version = "
        + Sql.literal(operatorVersion())
        + ", hash = "
        + Sql.literal(entry.hash().toString())
        + ", duration_millis = (SELECT p.duration_millis FROM "
        + progress()
        + " AS p WHERE p.sequence = "
        + entry.sequence()
        + ") WHERE sequence = "
        + entry.sequence()
        + " AND duration_millis IS NULL RETURNING true";
  }

  /** The row of an entry, if exactly this one was written and is complete. */
  String find(NewEntry entry) {
    return "SELECT "
        + TIMES
        + " FROM "
        + history()
        + " WHERE sequence = "
        + entry.sequence()
        + " AND hash = "
        + Sql.literal(entry.hash().toString())
        + " AND duration_millis IS NOT NULL";
  }

  static String millisSince(String start) {
    return "(extract(epoch FROM pg_catalog.clock_timestamp() - "
        + start
        + ") * 1000)::pg_catalog.int8";
  }
}
