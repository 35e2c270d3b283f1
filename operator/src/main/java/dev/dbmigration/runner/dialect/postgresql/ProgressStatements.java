package dev.dbmigration.runner.dialect.postgresql;

import dev.dbmigration.model.Checksum;
import dev.dbmigration.runner.dialect.NewEntry;
import dev.dbmigration.runner.dialect.postgresql.connection.Sql;

/**
 * Statements about a migration that is applied in parts. Each returns one row, or none if another
 * run was faster.
 *
 * @param tables where
 */
record ProgressStatements(HistoryTables tables) {

  private static final String NOT_BEGUN = "began = NULL, began_at = NULL, began_by = NULL";
  private static final String RETURNING = " RETURNING true";

  String insert(NewEntry entry) {
    return "INSERT INTO "
        + tables.progress()
        + " (sequence) VALUES ("
        + entry.sequence()
        + ") RETURNING true";
  }

  /** Counts a segment as finished, in its own transaction: both happen or neither. */
  String claim(NewEntry entry, int index, Checksum segment) {
    return update(entry, index, finished(segment)) + RETURNING;
  }

  /** Counts a segment as finished that was begun before. */
  String finish(NewEntry entry, int index, Checksum segment) {
    var duration = "duration_millis + " + HistoryTables.millisSince("began_at");
    return update(entry, index, finished(segment) + ", duration_millis = " + duration) + RETURNING;
  }

  private static String finished(Checksum segment) {
    return "finished = pg_catalog.array_append(finished, "
        + Sql.literal(segment.toString())
        + "), "
        + NOT_BEGUN;
  }

  /** Adds the time of the transaction that is about to end, unless it removed an entry. */
  String addDuration(NewEntry entry) {
    return "UPDATE "
        + tables.progress()
        + " SET duration_millis = duration_millis + "
        + HistoryTables.millisSince("pg_catalog.transaction_timestamp()")
        + " WHERE sequence = "
        + entry.sequence()
        + tables.andNoneIsRemoved(entry)
        + " RETURNING true";
  }

  /**
   * Notes that a segment begins whose end will be noted later. The row tells whether the same
   * segment was begun before.
   *
   * @param recoverable whether a later run can find out whether it took effect
   */
  String begin(NewEntry entry, int index, Checksum segment, boolean recoverable) {
    var checksum = Sql.literal(segment.toString());
    return "WITH before AS (SELECT began, recoverable FROM "
        + tables.progress()
        + " WHERE sequence = "
        + entry.sequence()
        + ") "
        + update(
            entry,
            index,
            "began = "
                + checksum
                + ", began_at = pg_catalog.clock_timestamp(), began_by = pg_backend_pid(),"
                + " recoverable = "
                + recoverable
                + " OR (recoverable AND began = "
                + checksum
                + ")")
        + " AND (began_by IS NULL OR began_by = pg_backend_pid() OR NOT EXISTS ("
        + AdvisoryKeys.of(tables).selectWorker("began_by")
        + ")) RETURNING coalesce((SELECT recoverable AND began = "
        + checksum
        + " FROM before), false)";
  }

  /**
   * Takes back {@link #begin}: the segment certainly had no effect.
   *
   * @param process of the server, which noted the beginning
   */
  String takeBack(NewEntry entry, int index, int process) {
    return update(entry, index, NOT_BEGUN) + " AND began_by = " + process + RETURNING;
  }

  /** Whether nothing is noted that this process began. */
  String isNotBegunBy(NewEntry entry, int process) {
    return exists(entry) + " AND began_by IS DISTINCT FROM " + process;
  }

  /** Whether a segment is finished. */
  String proof(NewEntry entry, int index) {
    return "SELECT true FROM "
        + tables.progress()
        + " WHERE sequence = "
        + entry.sequence()
        + " AND pg_catalog.cardinality(finished) > "
        + index;
  }

  String exists(NewEntry entry) {
    return "SELECT true FROM " + tables.progress() + " WHERE sequence = " + entry.sequence();
  }

  String delete(NewEntry entry) {
    return "DELETE FROM " + tables.progress() + " WHERE sequence = " + entry.sequence();
  }

  private String update(NewEntry entry, int index, String change) {
    return "UPDATE "
        + tables.progress()
        + " SET "
        + change
        + " WHERE sequence = "
        + entry.sequence()
        + " AND pg_catalog.cardinality(finished) = "
        + index;
  }
}
