package dev.dbmigration.runner.dialect.postgresql.connection;

import dev.dbmigration.runner.dialect.TargetException;
import dev.dbmigration.sql.Statement;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.postgresql.core.BaseConnection;
import org.postgresql.core.BaseStatement;
import org.postgresql.core.QueryExecutor;
import org.postgresql.core.TransactionState;

/** A connection that speaks the simple protocol: one message, then the answer to all of it. */
public final class WorkConnection implements AutoCloseable {

  private final Connector connector;
  private volatile BaseConnection connection;
  private volatile boolean cancelled;
  private int pid;

  private WorkConnection(Connector connector, BaseConnection connection) {
    this.connector = connector;
    this.connection = connection;
  }

  /**
   * Logs in.
   *
   * @throws TargetException if the server is not reached or refuses
   */
  public static WorkConnection open(Connector connector) throws TargetException {
    return new WorkConnection(connector, connector.connect());
  }

  /** Replaces a lost connection. */
  public void reconnect() throws TargetException, SQLException {
    close();
    connection = connector.connect();
    pid = askedPid();
  }

  /** The server's process as it says itself, for as long as the connection is the same. */
  public int pid() {
    return pid;
  }

  /** What was learned about {@link #pid} on the way. */
  public void identify(int serverPid) {
    pid = serverPid;
  }

  /** Asks anew: a pooler that changes processes gives different answers. */
  public int askedPid() throws SQLException {
    return (int) send("SELECT pg_backend_pid()").getFirst().getFirst().number(0);
  }

  /** That something could not be done on this connection. */
  public TargetException failed(String what, SQLException e) {
    return new TargetException(connector.errors().during(what, e, isLost()), e);
  }

  /** Sends our own statements as one message; the rows of each that returns some, in order. */
  public List<List<Row>> send(String message) throws SQLException {
    try (var statement = connection.createStatement()) {
      statement.setEscapeProcessing(false);
      var results = new ArrayList<List<Row>>();
      boolean hasRows = statement.execute(message);
      while (hasRows || statement.getUpdateCount() != -1) {
        if (hasRows) {
          results.add(rows(statement.getResultSet()));
        }
        hasRows = statement.getMoreResults();
      }
      return results;
    }
  }

  private static List<Row> rows(ResultSet result) throws SQLException {
    int columns = result.getMetaData().getColumnCount();
    var rows = new ArrayList<Row>();
    while (result.next()) {
      var values = new ArrayList<Optional<String>>(columns);
      for (int column = 1; column <= columns; column++) {
        values.add(Optional.ofNullable(result.getString(column)));
      }
      rows.add(new Row(values));
    }
    return rows;
  }

  /** Executes a statement of a migration as it is; rows that it returns are dropped unread. */
  public void execute(Statement statement) throws SQLException {
    if (statement.copyData().isPresent()) {
      copy(statement.text(), statement.copyData().get());
      return;
    }
    try (var jdbc = connection.createStatement()) {
      jdbc.setEscapeProcessing(false);
      jdbc.unwrap(BaseStatement.class)
          .executeWithFlags(statement.text(), QueryExecutor.QUERY_NO_RESULTS);
    }
  }

  /** As bytes: of characters, the driver tears apart those that reach over two of its blocks. */
  private void copy(String command, String data) throws SQLException {
    try {
      var bytes = new ByteArrayInputStream(data.getBytes(StandardCharsets.UTF_8));
      connection.getCopyAPI().copyIn(command, bytes);
    } catch (IOException e) {
      throw new SQLException("the data could not be sent", "08006", e);
    }
  }

  /** Whether a transaction is open that has not failed. */
  public boolean isInTransaction() {
    return connection.getTransactionState() == TransactionState.OPEN;
  }

  /** Whether the server takes what is sent as our lexer read it; a pooler may not say. */
  public boolean isReadAsWritten() {
    var encoding = connection.getParameterStatus("client_encoding");
    return connection.getStandardConformingStrings()
        && (encoding == null || encoding.equals("UTF8"));
  }

  /** Whether the server or the way to it is gone. */
  public boolean isLost() {
    try {
      return connection.isClosed();
    } catch (SQLException e) {
      return true;
    }
  }

  /** The server's process as it says itself when logging in; a pooler says something else. */
  public int announcedPid() {
    return connection.getBackendPID();
  }

  /** Rolls back, if there is something; a lost connection is rolled back by the server. */
  public void rollback() {
    try {
      if (!isLost() && connection.getTransactionState() != TransactionState.IDLE) {
        send("ROLLBACK");
      }
    } catch (SQLException e) {
      close();
    }
  }

  /** From any thread: stops what is running, and lets nothing begin any more. */
  public void cancel() {
    cancelled = true;
    try {
      connection.cancelQuery();
    } catch (SQLException e) {
      // Nothing is running that could be stopped, or the server is out of reach.
    }
  }

  /** Whether {@link #cancel} was called; that holds for good. */
  public boolean isCancelled() {
    return cancelled;
  }

  @Override
  public void close() {
    try {
      connection.close();
    } catch (SQLException e) {
      // The server sees the end of the connection by itself.
    }
  }
}
