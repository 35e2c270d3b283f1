package dev.dbmigration.runner.dialect.postgresql;

import dev.dbmigration.model.Failure;
import dev.dbmigration.model.Reason;
import dev.dbmigration.runner.dialect.History;
import dev.dbmigration.runner.dialect.Session;
import dev.dbmigration.runner.dialect.StepExecution;
import dev.dbmigration.runner.dialect.TargetException;
import dev.dbmigration.runner.dialect.TargetLock;
import dev.dbmigration.runner.dialect.postgresql.connection.Connector;
import dev.dbmigration.runner.dialect.postgresql.connection.PoolerProbe;
import dev.dbmigration.runner.dialect.postgresql.connection.Sql;
import dev.dbmigration.runner.dialect.postgresql.connection.WorkConnection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;

/** One connection that works, and one that holds the lock from the moment it is asked for. */
final class PostgresSession implements Session {

  private static final String FACTS =
      "SELECT current_setting('server_version'), current_setting('transaction_read_only') = 'on',"
          + " current_schema(), current_setting('search_path'), pg_backend_pid()";

  private final WorkConnection work;
  private final Facts facts;
  private final PostgresHistory history;
  private final PostgresLock lock;
  private final PostgresExecution execution;

  private PostgresSession(
      Connector connector,
      WorkConnection work,
      Facts facts,
      HistoryTables tables,
      Duration patience) {
    this.work = work;
    this.facts = facts;
    history = new PostgresHistory(work, tables, connector.errors());
    lock = new PostgresLock(connector, work, tables);
    execution = new PostgresExecution(work, tables, connector.errors(), patience);
  }

  static Session open(Connector connector, Optional<String> schema, Duration patience)
      throws TargetException {
    var work = WorkConnection.open(connector);
    try {
      var row = work.send(FACTS).getFirst().getFirst();
      work.identify((int) row.number(4));
      PoolerProbe.refuseTransactionPooler(connector, work);
      var place = schema.or(() -> row.optional(2));
      var facts = new Facts(connector.login().target(), row.text(0), place, row.isTrue(1));
      var searchPath = schema.map(name -> Sql.identifier(name) + ", " + row.text(3));
      var tables = new HistoryTables(place.orElseThrow(PostgresSession::noSchema), searchPath);
      return new PostgresSession(connector, work, facts, tables, patience);
    } catch (SQLException e) {
      work.close();
      throw new TargetException(
          connector.errors().during("The server's settings could not be read", e, true), e);
    } catch (TargetException e) {
      work.close();
      throw e;
    }
  }

  private static TargetException noSchema() {
    return new TargetException(
        Failure.of(
            Reason.PERMISSION_DENIED,
            "No schema of the role's search_path exists or may be used by it.",
            "Set spec.target.schema, or GRANT USAGE, CREATE ON SCHEMA public to the role in the"
                + " Secret."));
  }

  @Override
  public Facts facts() {
    return facts;
  }

  @Override
  public History history() {
    return history;
  }

  @Override
  public TargetLock lock() {
    return lock;
  }

  @Override
  public StepExecution execution() {
    return execution;
  }

  @Override
  public void cancel() {
    work.cancel();
  }

  @Override
  public void close() {
    lock.release();
    work.close();
  }
}
