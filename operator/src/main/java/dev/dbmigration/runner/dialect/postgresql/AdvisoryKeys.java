package dev.dbmigration.runner.dialect.postgresql;

import dev.dbmigration.model.Checksum;
import java.nio.charset.StandardCharsets;

/**
 * The advisory locks of one history table: one for the run, and one that every working session
 * shares, by which sessions of dead runs are found.
 *
 * @param table stands for the history table among all of the database
 */
record AdvisoryKeys(int table) {

  /** The first of the two keys: our own, "dbmr" and "dbmw". */
  private static final int RUN = 0x64626d72;

  private static final int WORKER = 0x64626d77;

  static AdvisoryKeys of(HistoryTables tables) {
    var digest = Checksum.ofBytes(tables.history().getBytes(StandardCharsets.UTF_8));
    return new AdvisoryKeys(Integer.parseUnsignedInt(digest.abbreviated().substring(0, 8), 16));
  }

  String tryRunLock() {
    return "pg_catalog.pg_try_advisory_lock(" + RUN + ", " + table + ")";
  }

  String unlockRun() {
    return "pg_catalog.pg_advisory_unlock(" + RUN + ", " + table + ")";
  }

  /** Never waits: nobody takes this lock for itself alone. */
  String shareWorkerLock() {
    return "pg_catalog.pg_advisory_lock_shared(" + WORKER + ", " + table + ")";
  }

  String selectOwnRunLock() {
    return "SELECT EXISTS (SELECT FROM pg_catalog.pg_locks WHERE pid = pg_backend_pid() AND "
        + isLock(RUN)
        + ")";
  }

  String selectOtherWorkers(int pid) {
    return "SELECT DISTINCT pid FROM pg_catalog.pg_locks WHERE pid <> "
        + pid
        + " AND "
        + isLock(WORKER);
  }

  /** A row if this process works. */
  String selectWorker(String pid) {
    return "SELECT FROM pg_catalog.pg_locks WHERE pid = " + pid + " AND " + isLock(WORKER);
  }

  String selectHolder() {
    return "SELECT coalesce(nullif(application_name, ''), 'process ' || pid) || ', connected for '"
        + " || pg_catalog.date_trunc('second', pg_catalog.clock_timestamp() - backend_start)"
        + " FROM pg_catalog.pg_locks JOIN pg_catalog.pg_stat_activity USING (pid) WHERE "
        + isLock(RUN);
  }

  private String isLock(int first) {
    return "locktype = 'advisory' AND granted AND pg_locks.objsubid = 2 AND pg_locks.database ="
        + " (SELECT oid FROM pg_catalog.pg_database WHERE datname ="
        + " pg_catalog.current_database()) AND pg_locks.classid = "
        + first
        + " AND pg_locks.objid = "
        + Integer.toUnsignedString(table);
  }
}
