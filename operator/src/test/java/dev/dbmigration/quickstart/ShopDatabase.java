package dev.dbmigration.quickstart;

import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A real PostgreSQL server of this machine, with the user and the database that a Secret names. */
final class ShopDatabase implements AutoCloseable {

  private static final String HOST = "127.0.0.1";
  private static final String TABLES =
      """
      SELECT c.relname,
             CASE c.relkind WHEN 'v' THEN 'view' ELSE 'table' END,
             (SELECT count(*) FROM pg_index i WHERE i.indrelid = c.oid AND i.indisvalid)
      FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
      WHERE n.nspname = 'public' AND c.relkind IN ('r', 'v')
      ORDER BY 1
      """;

  private final EmbeddedPostgres server;
  private final Map<String, String> secret;

  private ShopDatabase(EmbeddedPostgres server, Map<String, String> secret) {
    this.server = server;
    this.secret = secret;
  }

  static ShopDatabase start(Secret secret) throws IOException, SQLException {
    var server = EmbeddedPostgres.builder().setConnectConfig("connectTimeout", "20").start();
    var database = new ShopDatabase(server, secret.getStringData());
    try (var connection = server.getPostgresDatabase().getConnection();
        var statement = connection.createStatement()) {
      statement.execute(
          "CREATE ROLE \"%s\" LOGIN PASSWORD '%s'"
              .formatted(database.user(), secret.getStringData().get("password")));
      statement.execute(
          "CREATE DATABASE \"%s\" OWNER \"%s\"".formatted(database.name(), database.user()));
    }
    return database;
  }

  /** The Secret with the address of this server. */
  Secret secret(Secret ofCluster) {
    return new SecretBuilder(ofCluster)
        .addToStringData("host", HOST)
        .addToStringData("port", Integer.toString(server.getPort()))
        .build();
  }

  String address() {
    return HOST + ":" + server.getPort();
  }

  /** How people connect; the server asks nobody of this machine for a password. */
  String uri() {
    return "postgresql://" + user() + "@" + address() + "/" + name();
  }

  private String user() {
    return secret.get("username");
  }

  private String name() {
    return secret.get("dbname");
  }

  /** A line for each table and view. */
  List<String> tables() throws SQLException {
    var lines = new ArrayList<String>();
    try (var connection = server.getDatabase(user(), name()).getConnection();
        var statement = connection.createStatement();
        var rows = statement.executeQuery(TABLES)) {
      while (rows.next()) {
        var indexes = rows.getInt(3);
        lines.add(
            "%-24s %-6s %s"
                .formatted(
                    rows.getString(1),
                    rows.getString(2),
                    indexes == 0 ? "" : indexes + (indexes == 1 ? " index" : " indexes"))
                .stripTrailing());
      }
    }
    return lines;
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}
