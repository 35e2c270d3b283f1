package dev.dbmigration.e2e;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.Properties;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.testcontainers.postgresql.PostgreSQLContainer;
import org.testcontainers.utility.DockerImageName;

/** A PostgreSQL in a container that pods of the cluster reach by its address. */
final class PostgresServer {

  /** Where it listens. */
  static final int PORT = 5432;

  /** The image, which also holds psql. */
  static final String IMAGE =
      Optional.ofNullable(System.getenv("POSTGRES_IMAGE")).orElse("postgres:17");

  private final PostgreSQLContainer container;

  private PostgresServer(PostgreSQLContainer container) {
    this.container = container;
  }

  private static final class Shared {
    static final PostgresServer SERVER = start();
  }

  /** The server that most tests have a database of their own on. */
  static PostgresServer shared() {
    return Shared.SERVER;
  }

  /** A server for a test that treats it roughly; the test stops it. */
  static PostgresServer start() {
    var container = container();
    ContainerEngine.start(container);
    return new PostgresServer(container);
  }

  /** A server that is not yet started. */
  static PostgreSQLContainer container() {
    return new PostgreSQLContainer(
        DockerImageName.parse(IMAGE).asCompatibleSubstituteFor("postgres"));
  }

  /** The address for pods. */
  String host() {
    return ContainerEngine.addressOf(container);
  }

  /** An empty database with an owner who may do nothing else. */
  Database createDatabase() {
    var name = "db_" + UUID.randomUUID().toString().replace("-", "").substring(0, 12);
    var database = new Database(this, name, name + "_owner", "pw-" + UUID.randomUUID());
    asAdministrator(
        "CREATE ROLE %s LOGIN PASSWORD '%s'".formatted(database.owner(), database.password()),
        "CREATE DATABASE %s OWNER %s".formatted(name, database.owner()));
    return database;
  }

  /** Runs statements as the server's superuser, each in its own transaction. */
  void asAdministrator(String... statements) {
    try (var connection = connect("postgres", container.getUsername(), container.getPassword());
        var statement = connection.createStatement()) {
      for (var sql : statements) {
        statement.execute(sql);
      }
    } catch (SQLException e) {
      throw new AssertionError("the server refused a statement of the test", e);
    }
  }

  /** A connection from the test; the mapped port is asked for each time, a restart changes it. */
  Connection connect(String database, String user, String password) throws SQLException {
    var properties = new Properties();
    properties.setProperty("user", user);
    properties.setProperty("password", password);
    properties.setProperty("sslmode", "disable");
    var url = "jdbc:postgresql://%s:%d/%s".formatted(container.getHost(), mappedPort(), database);
    return DriverManager.getConnection(url, properties);
  }

  private int mappedPort() {
    var bindings =
        ContainerEngine.client()
            .inspectContainerCmd(container.getContainerId())
            .exec()
            .getNetworkSettings()
            .getPorts()
            .getBindings();
    return bindings.entrySet().stream()
        .filter(entry -> entry.getKey().getPort() == PORT && entry.getValue() != null)
        .map(entry -> Integer.parseInt(entry.getValue()[0].getHostPortSpec()))
        .findFirst()
        .orElseThrow(() -> new AssertionError("the server is not running"));
  }

  /** Stops the server at once and starts it again; its data stay. */
  void restart() {
    ContainerEngine.client().restartContainerCmd(container.getContainerId()).withTimeout(1).exec();
    Awaitility.await("the restarted server")
        .atMost(Duration.ofMinutes(3))
        .ignoreExceptions()
        .until(this::answers);
  }

  private boolean answers() throws SQLException {
    try (var connection = connect("postgres", container.getUsername(), container.getPassword())) {
      return connection.isValid(10);
    }
  }

  void stop() {
    container.stop();
  }
}
