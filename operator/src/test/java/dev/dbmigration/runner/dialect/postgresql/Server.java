package dev.dbmigration.runner.dialect.postgresql;

import dev.dbmigration.model.Engine;
import dev.dbmigration.model.Target;
import dev.dbmigration.runner.dialect.ConnectionSettings;
import dev.dbmigration.runner.dialect.Masking;
import dev.dbmigration.runner.dialect.Session;
import dev.dbmigration.runner.dialect.TargetException;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/** One PostgreSQL for all tests of the process; a database of its own for each test. */
final class Server {

  private static final AtomicInteger DATABASES = new AtomicInteger();

  private static final EmbeddedPostgres SHARED = start();

  private Server() {}

  private static EmbeddedPostgres start() {
    try {
      return EmbeddedPostgres.builder().setPGStartupWait(Duration.ofMinutes(2)).start();
    } catch (IOException e) {
      throw new IllegalStateException("the embedded PostgreSQL does not start", e);
    }
  }

  static int port() {
    return SHARED.getPort();
  }

  /** Creates an empty database. */
  static Database newDatabase() throws SQLException {
    var name = "test" + DATABASES.incrementAndGet();
    execute("postgres", "CREATE DATABASE " + name);
    return new Database(name);
  }

  private static void execute(String database, String sql) throws SQLException {
    try (var connection = connect(database);
        var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static Connection connect(String database) throws SQLException {
    return SHARED.getDatabase("postgres", database).getConnection();
  }

  /** A database of the shared server. */
  record Database(String name) {

    Session open() throws TargetException {
      return new PostgresDialect().open(settings());
    }

    ConnectionSettings settings() {
      return new ConnectionSettings(
          target(),
          Map.of("username", "postgres", "password", "postgres"),
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
          Optional.of(port()),
          Optional.of(name),
          Optional.empty(),
          "orders-db",
          Target.SecretKeys.WELL_KNOWN,
          new Target.Tls(
              Optional.of(Target.TlsMode.DISABLE),
              Optional.empty(),
              Optional.empty(),
              Optional.empty()),
          Duration.ofSeconds(30));
    }

    /** As the superuser, beside the session under test. */
    void execute(String sql) throws SQLException {
      Server.execute(name, sql);
    }

    /** The first value of a query's first row. */
    String query(String sql) throws SQLException {
      try (var connection = connect(name);
          var statement = connection.createStatement();
          var result = statement.executeQuery(sql)) {
        return result.next() ? String.valueOf(result.getString(1)) : "no row";
      }
    }
  }
}
