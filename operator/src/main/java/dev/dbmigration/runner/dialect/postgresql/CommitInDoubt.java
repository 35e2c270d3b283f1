package dev.dbmigration.runner.dialect.postgresql;

import dev.dbmigration.runner.dialect.TargetException;
import dev.dbmigration.runner.dialect.postgresql.connection.Row;
import dev.dbmigration.runner.dialect.postgresql.connection.Sql;
import dev.dbmigration.runner.dialect.postgresql.connection.WorkConnection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;

/**
 * Finds out what became of a commit whose answer did not arrive: looks for what it would have left
 * behind, once the server's old process is gone and nothing can come after.
 *
 * @param work whose connection was lost
 * @param keys by which the old process is known
 * @param patience how long to look
 */
record CommitInDoubt(WorkConnection work, AdvisoryKeys keys, Duration patience) {

  /** As long as a server may take to start again. */
  static final Duration PATIENCE = Duration.ofSeconds(60);

  private static final long PAUSE_MILLIS = 250;

  CommitInDoubt(WorkConnection work, AdvisoryKeys keys) {
    this(work, keys, PATIENCE);
  }

  /**
   * Looks until it is known.
   *
   * @param proof a query that gives a row if the commit took place
   * @return its row, or empty if the commit did not take place
   * @throws TargetException if it could not be found out
   */
  Optional<Row> resolve(String proof) throws TargetException {
    int former = work.pid();
    long end = System.nanoTime() + patience.toNanos();
    while (true) {
      try {
        work.reconnect();
        work.send(Sql.message(SessionTimeouts.own()));
        waitForEnd(former, end);
        return work.send(proof).getFirst().stream().findFirst();
      } catch (TargetException e) {
        giveUpAfter(end, e);
      } catch (SQLException e) {
        giveUpAfter(end, work.failed("The end of a commit could not be looked for", e));
      }
      pause();
    }
  }

  private void waitForEnd(int former, long end) throws SQLException {
    var query = keys.selectWorker(Integer.toString(former));
    while (!work.send(query).getFirst().isEmpty()) {
      work.send("SELECT pg_catalog.pg_terminate_backend(" + former + ")");
      if (System.nanoTime() > end) {
        throw new SQLException("the server's process " + former + " does not end", "55006");
      }
      pause();
    }
  }

  private static void giveUpAfter(long end, TargetException e) throws TargetException {
    if (System.nanoTime() > end || Thread.currentThread().isInterrupted()) {
      throw e;
    }
  }

  private static void pause() {
    try {
      Thread.sleep(PAUSE_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
