package dev.dbmigration.e2e;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.awaitility.Awaitility;

/**
 * A place in a migration where it waits until the test lets it pass. While the gate is closed, the
 * test can be sure that the run is in the middle of that migration.
 */
final class Gate implements AutoCloseable {

  /** A statement that waits at the gate, whatever the lock timeout of the run. */
  static final String STATEMENT =
      """
      DO $gate$ BEGIN
        WHILE NOT pg_try_advisory_xact_lock(4711) LOOP PERFORM pg_sleep(0.1); END LOOP;
      END $gate$;
      """;

  private final Database database;
  private final Connection keeper;

  private Gate(Database database, Connection keeper) {
    this.database = database;
    this.keeper = keeper;
  }

  /** Closes the gate of a database. */
  static Gate closed(Database database) {
    var keeper = database.connect();
    try (var statement = keeper.createStatement()) {
      statement.execute("SELECT pg_advisory_lock(4711)");
    } catch (SQLException e) {
      throw new AssertionError("the gate cannot be closed", e);
    }
    return new Gate(database, keeper);
  }

  /** Waits until a migration stands at the gate. */
  void awaitArrival() {
    Awaitility.await("a migration at the gate")
        .atMost(Duration.ofMinutes(4))
        .until(() -> !waiting().isEmpty());
  }

  private List<String> waiting() {
    return database.query(
        """
        SELECT pid::text FROM pg_stat_activity
        WHERE datname = current_database() AND pid <> pg_backend_pid()
          AND state = 'active' AND query LIKE '%$gate$%'
        """);
  }

  /** Opens the gate, for good. */
  void open() {
    close(keeper);
  }

  private static void close(Connection connection) {
    try {
      connection.close();
    } catch (SQLException e) {
      throw new AssertionError("a session of the test cannot be ended", e);
    }
  }

  /**
   * Opens the gate, and keeps the run from recording anything more, from the moment at which the
   * migration that stood at the gate is committed, until the returned pause is closed.
   */
  Cluster.Pause openAndHoldTheHistory() {
    var holder = database.connect();
    try {
      holder.setAutoCommit(false);
      var held = CompletableFuture.runAsync(() -> hold(holder));
      Awaitility.await("a place in the queue for the history")
          .atMost(Duration.ofMinutes(1))
          .until(() -> !queued().isEmpty());
      open();
      held.join();
      return () -> close(holder);
    } catch (SQLException e) {
      throw new AssertionError("the history cannot be held", e);
    }
  }

  private static void hold(Connection holder) {
    try (var statement = holder.createStatement()) {
      statement.execute("LOCK TABLE dbmigration_history IN ACCESS EXCLUSIVE MODE");
    } catch (SQLException e) {
      throw new AssertionError("the history cannot be held", e);
    }
  }

  private List<String> queued() {
    return database.query(
        """
        SELECT pid::text FROM pg_locks
        WHERE relation = to_regclass('dbmigration_history') AND NOT granted
        """);
  }

  @Override
  public void close() {
    open();
  }
}
