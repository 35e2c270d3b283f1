package dev.dbmigration.support;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Map;

/**
 * A database of its own with an owner who logs in with a password.
 *
 * @param server where it is
 * @param name of the database, and of its owner
 */
public record TestDatabase(TestServer server, String name) {

  /** The owner's password. */
  public static final String PASSWORD = "Pa55-marker-hunter2";

  /** The Secret that opens it. */
  public Map<String, String> secret() {
    return Map.of(
        "host",
        "localhost",
        "port",
        Integer.toString(server.port()),
        "dbname",
        name,
        "username",
        name,
        "password",
        PASSWORD + "\n");
  }

  /** A connection as its owner. */
  public Connection connect() throws SQLException {
    var url = "jdbc:postgresql://localhost:%d/%s".formatted(server.port(), name);
    return DriverManager.getConnection(url, name, PASSWORD);
  }

  /** Executes a statement as the owner. */
  public void execute(String sql) {
    try (var connection = connect();
        var statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw new IllegalStateException(sql, e);
    }
  }

  /** The first column of the first row, as text; {@code null} in words. */
  public String query(String sql) {
    try (var connection = connect();
        var statement = connection.createStatement();
        var rows = statement.executeQuery(sql)) {
      return rows.next() ? String.valueOf(rows.getString(1)) : "no row";
    } catch (SQLException e) {
      throw new IllegalStateException(sql, e);
    }
  }

  /** How many migrations its history says are applied. */
  public int applied() {
    return Integer.parseInt(query("SELECT count(*) FROM dbmigration_history"));
  }

  /** Whether there is a table with this name. */
  public boolean hasTable(String table) {
    return query("SELECT to_regclass('%s') IS NOT NULL".formatted(table)).equals("t");
  }
}
