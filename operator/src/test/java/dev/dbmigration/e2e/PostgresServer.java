package dev.dbmigration.e2e;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
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

  /** Restarts the server within its container, which so keeps its address. */
  private static final String FOR_EVER = "while :; do docker-entrypoint.sh postgres; done";

  private static final String SMALL_DISK = "/small";
  private static final int LITTLE_ROOM = 2 * 1024 * 1024;

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
    container.withCreateContainerCmdModifier(
        command -> command.withEntrypoint("sh", "-c", FOR_EVER));
    container.withTmpFs(Map.of(SMALL_DISK, "rw,size=40m"));
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

  /** An empty database on a disk of its own, on which there is nearly no room. */
  Database createDatabaseOnAFullDisk() {
    ContainerEngine.shell(container, "chown postgres " + SMALL_DISK);
    asAdministrator("CREATE TABLESPACE small LOCATION '%s'".formatted(SMALL_DISK));
    var database = createDatabase();
    asAdministrator("ALTER DATABASE %s SET TABLESPACE small".formatted(database.name()));
    ContainerEngine.shell(
        container,
        "room=$(df --output=avail -B1 %1$s | tail -n 1); head -c $((room - %2$d)) /dev/zero > %1$s/filler"
            .formatted(SMALL_DISK, LITTLE_ROOM));
    return database;
  }

  /** Makes room on the disk that was nearly full. */
  void makeRoom() {
    ContainerEngine.shell(container, "rm " + SMALL_DISK + "/filler");
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

  /** A connection from the test. */
  Connection connect(String database, String user, String password) throws SQLException {
    var properties = new Properties();
    properties.setProperty("user", user);
    properties.setProperty("password", password);
    properties.setProperty("sslmode", "disable");
    var url =
        "jdbc:postgresql://%s:%d/%s"
            .formatted(container.getHost(), container.getMappedPort(PORT), database);
    return DriverManager.getConnection(url, properties);
  }

  /** Ends the server and all of its sessions, and waits until it is there again. */
  void restart() {
    var before = startTime();
    ContainerEngine.shell(container, "kill -INT $(head -n 1 $PGDATA/postmaster.pid)");
    Awaitility.await("the restarted server")
        .atMost(Duration.ofMinutes(3))
        .ignoreExceptions()
        .until(() -> !startTime().equals(before));
  }

  private String startTime() {
    try (var connection = connect("postgres", container.getUsername(), container.getPassword());
        var statement = connection.createStatement();
        var row = statement.executeQuery("SELECT pg_postmaster_start_time()")) {
      row.next();
      return row.getString(1);
    } catch (SQLException e) {
      throw new IllegalStateException("the server does not answer", e);
    }
  }

  void stop() {
    container.stop();
  }
}
