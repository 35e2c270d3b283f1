package dev.dbmigration.e2e;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;

/**
 * One database of a server, seen from outside of the cluster.
 *
 * @param server where it is
 * @param name of the database
 * @param owner the role that migrates it
 * @param password of the owner
 */
record Database(PostgresServer server, String name, String owner, String password) {

  /** The content of a Secret by which pods reach it. */
  Map<String, String> credentials() {
    return Map.of(
        "host", server.host(),
        "port", Integer.toString(PostgresServer.PORT),
        "dbname", name,
        "username", owner,
        "password", password);
  }

  /** A session of the owner. */
  Connection connect() {
    try {
      return server.connect(name, owner, password);
    } catch (SQLException e) {
      throw new AssertionError("cannot connect to " + name, e);
    }
  }

  /** Runs one or more statements as the owner. */
  void execute(String sql) {
    try (var connection = connect();
        var statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw new AssertionError(sql, e);
    }
  }

  /** The first column of a query's rows, as text. */
  List<String> query(String sql) {
    try (var connection = connect();
        var statement = connection.createStatement();
        var rows = statement.executeQuery(sql)) {
      var values = new ArrayList<String>();
      while (rows.next()) {
        values.add(rows.getString(1));
      }
      return values;
    } catch (SQLException e) {
      throw new AssertionError(sql, e);
    }
  }

  /** Names of the tables in the public schema, without the operator's own. */
  List<String> tables() {
    return query(
        """
        SELECT tablename FROM pg_tables
        WHERE schemaname = 'public' AND tablename NOT LIKE 'dbmigration%' ORDER BY 1
        """);
  }

  /** What its history says was applied, in that order. */
  List<String> applied() {
    return query("SELECT coalesce(version, repeatable) FROM dbmigration_history ORDER BY sequence");
  }

  /** Waits until a run whose id ends like this, such as {@code /orders/1}, is connected. */
  void awaitSessionOf(String runIdSuffix) {
    var sessions =
        "SELECT pid::text FROM pg_stat_activity WHERE application_name LIKE '%" + runIdSuffix + "'";
    Awaitility.await("a session of a run " + runIdSuffix)
        .atMost(Duration.ofMinutes(4))
        .until(() -> !query(sessions).isEmpty());
  }

  /** Drops it with all that it holds, and makes it anew. */
  void replaceByAnEmptyOne() {
    server.asAdministrator(
        "DROP DATABASE %s WITH (FORCE)".formatted(name),
        "CREATE DATABASE %s OWNER %s".formatted(name, owner));
  }

  /** Copies it as it is now; the name of the copy is returned. */
  String backup() {
    var copy = name + "_backup";
    server.asAdministrator("CREATE DATABASE %s TEMPLATE %s OWNER %s".formatted(copy, name, owner));
    return copy;
  }

  /** Puts a copy in its place. */
  void replaceBy(String copy) {
    server.asAdministrator(
        "DROP DATABASE %s WITH (FORCE)".formatted(name),
        "ALTER DATABASE %s RENAME TO %s".formatted(copy, name));
  }
}
