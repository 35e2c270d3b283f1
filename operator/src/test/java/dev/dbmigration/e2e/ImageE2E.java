package dev.dbmigration.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dbmigration.model.ExitCode;
import dev.dbmigration.report.RunRequests;
import dev.dbmigration.support.Requests;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.testcontainers.containers.Network;
import org.testcontainers.postgresql.PostgreSQLContainer;

@OnACluster
class ImageE2E {

  /** What the README says, rounded up. */
  private static final long LARGEST_BYTES = 200_000_000;

  @Test
  void namesAUserThatIsNotRootByNumber() {
    assertThat(inspect("{{.Config.User}}")).isEqualTo("65532:65532");
  }

  @Test
  void isSmall() {
    assertThat(Long.parseLong(inspect("{{.Size}}"))).isLessThan(LARGEST_BYTES);
  }

  @Test
  void holdsNoProgramButJava() {
    var container = Command.of("docker", "create", Image.built()).run().orFail();
    try {
      var files = Command.of("sh", "-c", "docker export " + container + " | tar -t").run().orFail();

      assertThat(files.lines())
          .contains("opt/dbmigration/java/bin/java")
          .noneMatch(file -> file.matches("(usr/)?s?bin/[^/]+"))
          .noneMatch(file -> file.matches(".*/(ba|da|busybox|)sh"));
    } finally {
      Command.of("docker", "rm", container).run().orFail();
    }
  }

  @Test
  void startsWithoutAnyRightOnAReadOnlyFileSystem() {
    var result = run(List.of(), "--help");

    assertThat(result.stdout()).contains("operator").contains("run");
    assertThat(result.stderr()).isEmpty();
    assertThat(result.exitCode()).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"operator", "run"})
  void usesTheCacheThatWasTrainedForTheCommand(String command) {
    var result =
        run(
            List.of("--entrypoint=java"),
            "-XX:AOTMode=on",
            "-Xlog:aot,class+load",
            "@/opt/dbmigration/" + command + ".options",
            command);

    assertThat(result.exitCode()).isEqualTo(ExitCode.CONFIGURATION.number());
    assertThat(result.stdout())
        .contains("Using AOT-linked classes: true")
        .containsPattern("dev\\.dbmigration\\.cli\\.Main source: shared objects file");
    assertThat(share(result.stdout())).isGreaterThan(0.95);
  }

  /** Of all classes that were loaded, how many came from the cache. */
  private static double share(String log) {
    var loaded = log.lines().filter(line -> line.contains(" source: ")).toList();
    var cached = loaded.stream().filter(line -> line.contains("shared objects file")).count();
    return (double) cached / loaded.size();
  }

  @Test
  void migratesADatabaseThatItFindsByName(@TempDir Path folder) throws IOException {
    try (var network = Network.newNetwork();
        var postgres = PostgresServer.container()) {
      postgres.withNetwork(network).withNetworkAliases("orders-db").start();
      mount(folder, postgres);

      var result =
          run(
              List.of(
                  "--network=" + network.getId(),
                  "--volume=" + folder + ":/dbmigration:ro",
                  "--entrypoint=java",
                  "--tmpfs=/end:uid=65532",
                  "--env=DBMIGRATION_TERMINATION_MESSAGE=/end/message",
                  "--env=DBMIGRATION_RUN=" + RunRequests.write(Requests.plain().request())),
              "@/opt/dbmigration/run.options",
              "run");

      assertThat(result.exitCode()).as(result.stdout() + result.stderr()).isZero();
      assertThat(result.stderr()).isEmpty();
      assertThat(result.stdout()).contains("postgresql orders-db:5432/", "\"appliedNow\":1");
    }
  }

  private static void mount(Path folder, PostgreSQLContainer postgres) throws IOException {
    var secret =
        Map.of(
            "host", "orders-db",
            "port", "5432",
            "dbname", postgres.getDatabaseName(),
            "username", postgres.getUsername(),
            "password", postgres.getPassword());
    write(folder.resolve("target"), secret);
    write(folder.resolve("source/0"), Map.of("V1__create_orders.sql", "CREATE TABLE orders ();"));
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private static void write(Path folder, Map<String, String> files) throws IOException {
    Files.createDirectories(folder);
    for (var file : files.entrySet()) {
      Files.writeString(folder.resolve(file.getKey()), file.getValue());
    }
  }

  private static Command.Result run(List<String> options, String... arguments) {
    return Command.of("docker", "run", "--rm", "--read-only", "--cap-drop=ALL")
        .and(List.of("--security-opt=no-new-privileges"))
        .and(options)
        .and(List.of(Image.built()))
        .and(List.of(arguments))
        .run();
  }

  private static String inspect(String format) {
    return Command.of("docker", "image", "inspect", "--format", format, Image.built())
        .run()
        .orFail();
  }
}
