package dev.dbmigration.runner.dialect.postgresql;

import dev.dbmigration.model.Engine;
import dev.dbmigration.model.Target;
import dev.dbmigration.runner.dialect.ConnectionSettings;
import dev.dbmigration.runner.dialect.Masking;
import dev.dbmigration.runner.dialect.Session;
import dev.dbmigration.runner.dialect.TargetException;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/** Embedded PostgreSQL: one for all tests of the process, a database of its own for each test. */
final class Server {

  /** What no message may ever show. */
  static final String PASSWORD = "m4rkerPassw0rd";

  private static final AtomicInteger DATABASES = new AtomicInteger();

  private static final EmbeddedPostgres SHARED = start(builder());

  private Server() {}

  /** The superuser needs no password, everybody else does. */
  static EmbeddedPostgres.Builder builder() {
    return EmbeddedPostgres.builder()
        .setPGStartupWait(Duration.ofMinutes(2))
        .setServerConfig("synchronous_commit", "on")
        .setDataDirectoryCustomizer(folder ->
            allow(
                folder, List.of("host all postgres all trust", "host all all all scram-sha-256")));
  }

  /** Who may log in, and how. */
  static void allow(File folder, List<String> rules) {
    try {
      Files.write(folder.toPath().resolve("pg_hba.conf"), rules);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static EmbeddedPostgres start(EmbeddedPostgres.Builder builder) {
    try {
      var server = builder.start();
      execute(server, "postgres", "CREATE ROLE app LOGIN PASSWORD '" + PASSWORD + "'");
      return server;
    } catch (IOException | SQLException e) {
      throw new IllegalStateException("the embedded PostgreSQL does not start", e);
    }
  }

  /** An empty database of the shared server. */
  static Database newDatabase() throws SQLException {
    return newDatabase(SHARED);
  }

  static Database newDatabase(EmbeddedPostgres server) throws SQLException {
    var name = "test" + DATABASES.incrementAndGet();
    execute(server, "postgres", "CREATE DATABASE " + name);
    return new Database(server, name);
  }

  private static void execute(EmbeddedPostgres server, String database, String sql)
      throws SQLException {
    try (var connection = server.getDatabase("postgres", database).getConnection();
        var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  /**
   * A database.
   *
   * @param server where it is
   * @param name its name
   */
  record Database(EmbeddedPostgres server, String name) {

    /** As the superuser. */
    Session open() throws TargetException {
      return new PostgresDialect().open(settings());
    }

    /** As the role {@code app}, which owns nothing. */
    Session openAsApp() throws TargetException {
      return new PostgresDialect().open(settings(target(), "app", PASSWORD));
    }

    /** Through another port, such as a proxy's. */
    Session openAt(int port) throws TargetException {
      return new PostgresDialect().open(settings(at(target(), port), "postgres", "none"));
    }

    /** The same, by a dialect that does not look long for the end of a commit. */
    Session openAt(int port, Duration patience) throws TargetException {
      return new PostgresDialect(patience).open(settings(at(target(), port), "postgres", "none"));
    }

    ConnectionSettings settings() {
      return settings(target(), "postgres", "none");
    }

    static ConnectionSettings settings(Target target, String user, String password) {
      return new ConnectionSettings(
          target,
          Map.of("username", user, "password", password),
          Optional.empty(),
          Optional.empty(),
          "contract test",
          true,
          Masking.NONE);
    }

    Target target() {
      return new Target(
          Engine.POSTGRESQL,
          Optional.of("localhost"),
          Optional.of(server.getPort()),
          Optional.of(name),
          Optional.empty(),
          "orders-db",
          Target.SecretKeys.WELL_KNOWN,
          PLAIN_TEXT,
          Duration.ofSeconds(60));
    }

    private static final Target.Tls PLAIN_TEXT =
        new Target.Tls(
            Optional.of(Target.TlsMode.DISABLE),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());

    /** The same target, behind another port of this machine. */
    static Target at(Target target, int port) {
      return new Target(
          target.engine(),
          Optional.of("localhost"),
          Optional.of(port),
          target.database(),
          target.schema(),
          target.secretName(),
          target.secretKeys(),
          target.tls(),
          target.connectTimeout());
    }

    /** The same target, with another default schema. */
    static Target in(Target target, String schema) {
      return new Target(
          target.engine(),
          target.host(),
          target.port(),
          target.database(),
          Optional.of(schema),
          target.secretName(),
          target.secretKeys(),
          target.tls(),
          target.connectTimeout());
    }

    /** As the superuser, beside the session under test. */
    void execute(String sql) throws SQLException {
      Server.execute(server, name, sql);
    }

    /** The first value of a query's first row. */
    String query(String sql) throws SQLException {
      try (var connection = connect();
          var statement = connection.createStatement();
          var result = statement.executeQuery(sql)) {
        return result.next() ? String.valueOf(result.getString(1)) : "no row";
      }
    }

    Connection connect() throws SQLException {
      return server.getDatabase("postgres", name).getConnection();
    }
  }
}
