package dev.dbmigration.runner.dialect.postgresql;

import dev.dbmigration.runner.dialect.postgresql.connection.Sql;
import java.util.List;

/**
 * The statements that create the two tables.
 *
 * @param tables where
 */
record HistoryDdl(HistoryTables tables) {

  /** Both tables, each if it is absent; works in a transaction. */
  List<String> create() {
    return List.of(
        history(),
        comment(
            tables.history(), "What the dbmigration-operator applied. Never change it by hand."),
        progress(),
        comment(
            tables.progress(),
            "How far the dbmigration-operator is with migrations that no transaction can hold."));
  }

  String createSchema() {
    return "CREATE SCHEMA IF NOT EXISTS " + Sql.identifier(tables.schema());
  }

  private String history() {
    return """
    CREATE TABLE IF NOT EXISTS %s (
      sequence bigint PRIMARY KEY,
      kind text NOT NULL,
      version text,
      repeatable text,
      description text NOT NULL,
      file text,
      checksum text,
      started_at timestamptz NOT NULL DEFAULT pg_catalog.clock_timestamp(),
      duration_millis bigint,
      run_id text NOT NULL,
      operator_version text NOT NULL,
      applied_by text NOT NULL DEFAULT session_user,
      hash text NOT NULL,
      CHECK ((version IS NULL) <> (repeatable IS NULL)))\
    """
        .formatted(tables.history());
  }

  private String progress() {
    return """
    CREATE TABLE IF NOT EXISTS %s (
      sequence bigint PRIMARY KEY,
      finished text[] NOT NULL DEFAULT '{}',
      began text,
      began_at timestamptz,
      began_by integer,
      recoverable boolean NOT NULL DEFAULT false,
      duration_millis bigint NOT NULL DEFAULT 0)\
    """
        .formatted(tables.progress());
  }

  private static String comment(String table, String text) {
    return "COMMENT ON TABLE " + table + " IS " + Sql.literal(text);
  }
}
