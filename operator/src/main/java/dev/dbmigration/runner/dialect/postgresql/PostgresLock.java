package dev.dbmigration.runner.dialect.postgresql;

import dev.dbmigration.runner.dialect.TargetException;
import dev.dbmigration.runner.dialect.TargetLock;
import dev.dbmigration.runner.dialect.postgresql.connection.Connector;
import dev.dbmigration.runner.dialect.postgresql.connection.ServerErrors;
import dev.dbmigration.runner.dialect.postgresql.connection.Sql;
import dev.dbmigration.runner.dialect.postgresql.connection.WorkConnection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A session's advisory lock on a connection that does nothing else, so that it neither holds a
 * snapshot nor ends with a statement.
 */
final class PostgresLock implements TargetLock {

  /** How long sessions of a dead run may take to end before the lock counts as not obtained. */
  private static final Duration PATIENCE = Duration.ofSeconds(15);

  private final Connector connector;
  private final WorkConnection work;
  private final AdvisoryKeys keys;
  private final HistoryLocks locks;
  private Optional<WorkConnection> connection = Optional.empty();

  PostgresLock(Connector connector, WorkConnection work, HistoryTables tables) {
    this.connector = connector;
    this.work = work;
    keys = AdvisoryKeys.of(tables);
    locks = new HistoryLocks(tables, connector.errors());
  }

  @Override
  public boolean tryAcquire() throws TargetException {
    var own = connected();
    try {
      if (!own.send("SELECT " + keys.tryRunLock()).getFirst().getFirst().isTrue(0)) {
        return false;
      }
      if (!haveFormerWorkersEnded(own)) {
        own.send("SELECT " + keys.unlockRun());
        return false;
      }
      return true;
    } catch (SQLException e) {
      throw failed(own, e);
    }
  }

  private WorkConnection connected() throws TargetException {
    if (connection.isEmpty()) {
      var opened = WorkConnection.open(connector);
      connection = Optional.of(opened);
      try {
        var settings = new ArrayList<>(SessionTimeouts.own());
        settings.add(HistoryTables.settings());
        opened.send(Sql.message(settings));
      } catch (SQLException e) {
        throw failed(opened, e);
      }
    }
    return connection.get();
  }

  /**
   * The server can go on with a statement after its client was killed, while the lock of that
   * client is free already: such sessions are ended, and only then anything is decided.
   */
  private boolean haveFormerWorkersEnded(WorkConnection own) throws SQLException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    var workers = workers(own);
    while (!workers.isEmpty() && System.nanoTime() < end && !work.isCancelled()) {
      for (var worker : workers) {
        terminate(own, worker);
      }
      pause();
      workers = workers(own);
    }
    return workers.isEmpty();
  }

  private List<String> workers(WorkConnection own) throws SQLException {
    return own.send(keys.selectOtherWorkers(work.pid())).getFirst().stream()
        .map(row -> row.text(0))
        .toList();
  }

  private static void terminate(WorkConnection own, String pid) throws SQLException {
    try {
      own.send("SELECT pg_catalog.pg_terminate_backend(" + pid + ")");
    } catch (SQLException e) {
      if (!ServerErrors.state(e).equals("42501")) {
        throw e;
      }
    }
  }

  private static void pause() {
    try {
      Thread.sleep(100);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public boolean isHeld() throws TargetException {
    if (connection.isEmpty()) {
      return false;
    }
    var own = connection.get();
    try {
      return own.send(keys.selectOwnRunLock()).getFirst().getFirst().isTrue(0);
    } catch (SQLException e) {
      throw failed(own, e);
    }
  }

  @Override
  public Optional<String> holder() {
    try {
      return connection.isEmpty()
          ? Optional.empty()
          : connection.get().send(keys.selectHolder()).getFirst().stream()
              .map(row -> connector.errors().masking().apply(row.text(0)))
              .findFirst();
    } catch (SQLException e) {
      return Optional.empty();
    }
  }

  @Override
  public void release() {
    if (connection.isPresent()) {
      stopWorking();
      unlock(connection.get());
      connection = Optional.empty();
    }
  }

  /** Asks, because the server notices the end of a connection only after a while. */
  private void unlock(WorkConnection own) {
    try (own) {
      own.send("SELECT pg_catalog.pg_advisory_unlock_all()");
    } catch (SQLException e) {
      // The connection is lost, and the lock with it.
    }
  }

  /** So that the next run does not take this session for one that was left behind. */
  private void stopWorking() {
    try {
      work.send("SELECT pg_catalog.pg_advisory_unlock_all()");
    } catch (SQLException e) {
      work.close();
    }
  }

  private TargetException failed(WorkConnection own, SQLException e) {
    var what = "The lock of the run could not be asked for";
    return locks.failed(what, e, own);
  }
}
