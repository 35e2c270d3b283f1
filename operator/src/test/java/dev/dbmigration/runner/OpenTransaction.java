package dev.dbmigration.runner;

import dev.dbmigration.support.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;

/**
 * A transaction of an application that is in the way.
 *
 * @param database where
 * @param connection that keeps it open
 */
record OpenTransaction(TestDatabase database, Connection connection) implements AutoCloseable {

  static OpenTransaction begin(TestDatabase database, String sql) {
    try {
      var connection = database.connect();
      connection.setAutoCommit(false);
      try (var statement = connection.createStatement()) {
        statement.execute(sql);
      }
      return new OpenTransaction(database, connection);
    } catch (SQLException e) {
      throw new IllegalStateException(sql, e);
    }
  }

  /** Whether somebody waits for a lock. */
  boolean hasWaiter() {
    return !database
        .query(
            "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname ="
                + " current_database()")
        .equals("0");
  }

  @Override
  public void close() {
    try {
      connection.close();
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }
}
