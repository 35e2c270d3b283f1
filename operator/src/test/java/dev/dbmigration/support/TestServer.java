package dev.dbmigration.support;

import static org.awaitility.Awaitility.await;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/** A real PostgreSQL that asks for passwords. */
public final class TestServer implements AutoCloseable {

  private static final AtomicInteger DATABASES = new AtomicInteger();

  private final EmbeddedPostgres postgres;

  private TestServer(EmbeddedPostgres postgres) {
    this.postgres = postgres;
  }

  /** The server that all tests of this process share. */
  public static TestServer shared() {
    return Shared.SERVER;
  }

  /** A server of one's own, for tests that harm it. */
  public static TestServer start() {
    try {
      return new TestServer(
          EmbeddedPostgres.builder()
              .setPGStartupWait(Duration.ofSeconds(120))
              .setDataDirectoryCustomizer(folder -> askForPasswords(folder.toPath()))
              .setOutputRedirector(ProcessBuilder.Redirect.DISCARD)
              .setErrorRedirector(ProcessBuilder.Redirect.DISCARD)
              .setServerConfig("fsync", "off")
              .setServerConfig("synchronous_commit", "on")
              .setServerConfig("max_connections", "60")
              .start());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** An empty database with an owner of the same name. */
  public TestDatabase database() {
    var database = new TestDatabase(this, "orders_" + DATABASES.incrementAndGet());
    execute("CREATE ROLE %s LOGIN PASSWORD '%s'".formatted(database.name(), TestDatabase.PASSWORD));
    createDatabase(database.name(), database.name());
    return database;
  }

  /** Creates a database. */
  public void createDatabase(String name, String owner) {
    execute("CREATE DATABASE %s OWNER %s".formatted(name, owner));
  }

  /** Executes a statement as the superuser. */
  public void execute(String sql) {
    try (var connection = postgres.getPostgresDatabase().getConnection();
        var statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw new IllegalStateException(sql, e);
    }
  }

  /** Kills the process of a session: the server then ends all others and starts again. */
  public void crash(String whichSession) {
    try (var connection = postgres.getPostgresDatabase().getConnection();
        var statement = connection.createStatement();
        var rows =
            statement.executeQuery("SELECT pid FROM pg_stat_activity WHERE " + whichSession)) {
      rows.next();
      ProcessHandle.of(rows.getLong(1)).orElseThrow().destroyForcibly();
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The processes of the operating system: the one that listens, and its sessions. */
  public String[] processes() {
    try (var connection = postgres.getPostgresDatabase().getConnection();
        var statement = connection.createStatement();
        var row = statement.executeQuery("SELECT pg_backend_pid()")) {
      row.next();
      var own = ProcessHandle.of(row.getLong(1)).orElseThrow();
      var listening = own.parent().orElseThrow();
      return Stream.concat(Stream.of(listening), listening.children())
          .filter(process -> !process.equals(own))
          .map(process -> Long.toString(process.pid()))
          .toArray(String[]::new);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Waits until it takes connections. */
  public void awaitReady() {
    await()
        .atMost(Duration.ofSeconds(120))
        .ignoreExceptions()
        .untilAsserted(() -> execute("SELECT 1"));
  }

  /** Where it listens, on loopback addresses. */
  public int port() {
    return postgres.getPort();
  }

  @Override
  public void close() {
    try {
      postgres.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void askForPasswords(Path folder) {
    try {
      Files.writeString(
          folder.resolve("pg_hba.conf"),
          """
          host all postgres all trust
          host all all all scram-sha-256
          """);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static final class Shared {
    static final TestServer SERVER = start();
  }
}
