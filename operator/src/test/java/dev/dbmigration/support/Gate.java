package dev.dbmigration.support;

import java.sql.Connection;
import java.sql.SQLException;

/** Holds a migration up that executes {@link #PASS}, until it is closed. */
public final class Gate implements AutoCloseable {

  /** What a migration executes to be held up. */
  public static final String PASS = "SELECT pg_advisory_xact_lock(42);";

  private static final String WAITERS =
      " FROM pg_locks JOIN pg_stat_activity USING (pid) WHERE locktype = 'advisory'"
          + " AND objid = 42 AND objsubid = 1 AND NOT granted AND datname = current_database()";

  private final TestDatabase database;
  private final Connection keeper;

  private Gate(TestDatabase database, Connection keeper) {
    this.database = database;
    this.keeper = keeper;
  }

  /** Shuts the gate of a database. */
  public static Gate shut(TestDatabase database) {
    try {
      var keeper = database.connect();
      try (var statement = keeper.createStatement()) {
        statement.execute("SELECT pg_advisory_lock(42)");
      }
      return new Gate(database, keeper);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Whether somebody stands before it. */
  public boolean hasWaiter() {
    return !database.query("SELECT count(*)" + WAITERS).equals("0");
  }

  /** Whether somebody has stood before it for some seconds. */
  public boolean hasPatientWaiter() {
    return !database
        .query(
            "SELECT count(*)" + WAITERS + " AND clock_timestamp() - query_start > interval '3 s'")
        .equals("0");
  }

  /** The server's process that waits. */
  public String waiter() {
    return database.query("SELECT pid" + WAITERS);
  }

  @Override
  public void close() {
    try {
      keeper.close();
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }
}
