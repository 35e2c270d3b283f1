package dev.dbmigration.image;

import dev.dbmigration.model.Checksum;
import dev.dbmigration.model.Engine;
import dev.dbmigration.model.Execution;
import dev.dbmigration.model.Policy;
import dev.dbmigration.model.ResourceRef;
import dev.dbmigration.model.RunRequest;
import dev.dbmigration.model.Source;
import dev.dbmigration.model.Target;
import dev.dbmigration.report.RunContract;
import dev.dbmigration.report.RunRequests;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Two runs against a real PostgreSQL with TLS and SCRAM; the second, which is recorded, finds a
 * history.
 */
final class RunnerTraining {

  private static final Map<String, String> FIRST =
      Map.of(
          "V1__create_orders.sql",
          """
          -- the first table
          CREATE TABLE orders (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, note text);
          INSERT INTO orders (note) VALUES ('${tenant}'), ('a;b'), (E'c\\'d');
          """,
          "V2__create_function.sql",
          """
          CREATE FUNCTION two() RETURNS int LANGUAGE plpgsql AS $body$
          BEGIN /* inside; */ RETURN 2; END $body$;
          """);

  private static final Map<String, String> LATER =
      Map.of(
          "V3__add_index.sql",
          "CREATE INDEX CONCURRENTLY orders_note ON orders (note);\n",
          "R__orders_view.sql",
          "CREATE OR REPLACE VIEW order_notes AS SELECT note FROM orders;\n");

  private static final String PASSWORD = "correct horse";

  private RunnerTraining() {}

  static void train(List<String> command)
      throws IOException, InterruptedException, GeneralSecurityException, SQLException {
    var keys = SelfSigned.create();
    try (var postgres = server(keys)) {
      createOwner(postgres);
      var root = mounted(postgres.getPort(), keys);
      var files = root.resolve(RunContract.SOURCE_FOLDER).resolve("0");
      mount(files, FIRST);
      run(command.stream().filter(word -> !word.contains("AOTCacheOutput")).toList(), root, 1);
      mount(files, LATER);
      run(command, root, 2);
    }
  }

  private static void run(List<String> command, Path root, int number)
      throws IOException, InterruptedException {
    var builder = new ProcessBuilder(command).inheritIO();
    builder.environment().put(RunContract.REQUEST, RunRequests.write(request(number)));
    builder.environment().put(RunContract.ROOT, root.toString());
    builder.environment().put(RunContract.TERMINATION_MESSAGE, root.resolve("end").toString());
    builder.environment().put(RunContract.ALLOW_LOOPBACK, "true");
    builder.environment().put(RunContract.GRACE_PERIOD, "60");
    var exitCode = builder.start().waitFor();
    if (exitCode != 0) {
      throw new IllegalStateException("run " + number + " ended with " + exitCode);
    }
  }

  private static EmbeddedPostgres server(SelfSigned keys) throws IOException {
    return EmbeddedPostgres.builder()
        .setDataDirectoryCustomizer(folder -> configure(folder.toPath(), keys))
        .setServerConfig("ssl", "on")
        .start();
  }

  /** TLS, and passwords by SCRAM: only who prepares the training comes in without. */
  private static void configure(Path folder, SelfSigned keys) {
    try {
      Files.writeString(
          folder.resolve("pg_hba.conf"),
          """
          host all postgres all trust
          hostssl all owner all scram-sha-256
          """);
      Files.writeString(folder.resolve("server.crt"), keys.certificatePem());
      var key = Files.writeString(folder.resolve("server.key"), keys.keyPem());
      Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-------"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void createOwner(EmbeddedPostgres postgres) throws SQLException {
    try (var connection = postgres.getPostgresDatabase().getConnection();
        var statement = connection.createStatement()) {
      statement.execute("CREATE ROLE owner LOGIN PASSWORD '%s'".formatted(PASSWORD));
      statement.execute("CREATE DATABASE orders OWNER owner");
    }
  }

  private static Path mounted(int port, SelfSigned keys)
      throws IOException, GeneralSecurityException {
    var root = Files.createTempDirectory("run");
    var secret =
        Map.of(
            "host", "localhost",
            "port", Integer.toString(port),
            "dbname", "orders",
            "username", "owner",
            "password", PASSWORD);
    mount(root.resolve(RunContract.TARGET_FOLDER), secret);
    mount(root.resolve(RunContract.CA_FOLDER), Map.of("ca.crt", keys.certificatePem()));
    return root;
  }

  private static void mount(Path folder, Map<String, String> files) throws IOException {
    Files.createDirectories(folder);
    for (var file : files.entrySet()) {
      Files.writeString(folder.resolve(file.getKey()), file.getValue());
    }
  }

  private static RunRequest request(int number) {
    return new RunRequest(
        new ResourceRef("training", "orders", "b9c1d2e3"),
        number,
        target(),
        new Source.ConfigMaps(
            List.of(new Source.ConfigMap("orders", Optional.empty(), Optional.empty()))),
        Optional.empty(),
        Map.of("tenant", "acme"),
        Optional.empty(),
        Execution.DEFAULT,
        Policy.STRICT,
        Optional.empty(),
        Checksum.ofText("training"));
  }

  private static Target target() {
    return new Target(
        Engine.POSTGRESQL,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        "orders-db",
        Target.SecretKeys.WELL_KNOWN,
        new Target.Tls(
            Optional.of(Target.TlsMode.VERIFY_FULL),
            Optional.of("ca"),
            Optional.empty(),
            Optional.empty()),
        Duration.ofSeconds(20));
  }
}
