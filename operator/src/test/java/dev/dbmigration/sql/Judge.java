package dev.dbmigration.sql;

import dev.dbmigration.support.TestServer;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;

/** A real server, which says how many statements a text holds: it splits in its own parser. */
final class Judge implements AutoCloseable {

  private final Connection connection;

  private Judge(Connection connection) {
    this.connection = connection;
  }

  /** Connects so that each text goes to the server as it is, in one message. */
  static Judge connect() throws SQLException {
    var url =
        "jdbc:postgresql://localhost:%d/postgres?user=postgres&preferQueryMode=simple"
            .formatted(TestServer.shared().port());
    var connection = DriverManager.getConnection(url);
    try (var statement = connection.createStatement()) {
      statement.execute(
          "CREATE TEMP TABLE t (a int, b int); CREATE TEMP TABLE u (a int); CREATE TEMP TABLE v (a int)");
    }
    connection.setAutoCommit(false);
    return new Judge(connection);
  }

  /** A text's verdict. */
  sealed interface Verdict {
    /** All statements were carried out; so many they were. */
    record Accepted(int statements) implements Verdict {}

    /** One was not, or the text could not be parsed, or it ended the transaction. */
    record Rejected() implements Verdict {}
  }

  /** Executes texts one after the other, each in a message of its own, and undoes them. */
  Verdict verdict(List<String> texts) throws SQLException {
    try {
      int statements = 0;
      execute("SAVEPOINT judge");
      for (var text : texts) {
        statements += execute(text);
      }
      execute("RELEASE judge");
      return new Verdict.Accepted(statements);
    } catch (SQLException e) {
      if (connection.isClosed()) {
        throw e;
      }
      return new Verdict.Rejected();
    } finally {
      connection.rollback();
      execute("DEALLOCATE ALL");
      connection.rollback();
    }
  }

  private int execute(String text) throws SQLException {
    try (var statement = connection.createStatement()) {
      statement.setEscapeProcessing(false);
      int results = 0;
      boolean hasRows = statement.execute(text);
      while (hasRows || statement.getUpdateCount() != -1) {
        results++;
        hasRows = statement.getMoreResults();
      }
      return results;
    }
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }
}
