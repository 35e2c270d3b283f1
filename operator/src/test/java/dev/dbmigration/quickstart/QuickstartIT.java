package dev.dbmigration.quickstart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.dbmigration.support.ProcessPods;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The program as a process of its own, on a copy of the example. */
class QuickstartIT {

  private static final Path EXAMPLE = Path.of("../migrations-examples/quickstart");
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  @TempDir Path folder;
  private Path example;
  private Path output;
  private Process process;

  @BeforeEach
  void copyTheExample() throws IOException {
    example = folder.resolve("example");
    output = folder.resolve("output");
    try (var files = Files.walk(EXAMPLE)) {
      files.forEach(file -> copy(file, example.resolve(EXAMPLE.relativize(file).toString())));
    }
  }

  @AfterEach
  void kill() {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
  }

  @Test
  void endsWithZeroWhenTheResourceIsReady() {
    start();

    assertThat(exitCode()).as(output()).isZero();
    assertThat(output())
        .containsPattern("\\d\\d:\\d\\d:\\d\\d  Reconciling +MigrationRunning")
        .containsPattern("\\d\\d:\\d\\d:\\d\\d  Ready")
        .containsPattern("NAME +VERSION +PENDING +READY +REASON +AGE")
        .containsPattern("shop +4 +0 +True")
        .contains("Kind:         DatabaseMigration")
        .containsPattern("orders +table  2 indexes")
        .containsPattern("revenue_by_customer +view");
  }

  @Test
  void endsWithOneAndNamesThePlaceWhenAScriptIsBroken() {
    write("V5__broken.sql", "CREATE TABLE fine (id int);\nINSERT INTO nowhere VALUES (1);\n");

    start();

    assertThat(exitCode()).isEqualTo(1);
    assertThat(output())
        .containsPattern("Stalled +MigrationFailed")
        .contains("V5__broken.sql:2:13")
        .contains("relation \"nowhere\" does not exist")
        .doesNotContain("only-for-trying-out");
  }

  @Test
  void showsAFailureAndItsMendingWhileItStaysUp() {
    start("--keep");
    awaitOutput("Ctrl-C");
    int shown = output().length();

    write("V5__discount.sql", "ALTER TABLE product ADD COLUMN discount intger;\n");
    awaitOutput("V5__discount.sql:1:41", shown);

    write("V5__discount.sql", "ALTER TABLE product ADD COLUMN discount integer;\n");
    awaitOutput("  Ready ", shown);

    write("V1__create_customers_and_products.sql", "SELECT 1;\n");
    awaitOutput("ChecksumMismatch", shown);
    process.destroy();
    assertThat(exitCode()).isEqualTo(143);
  }

  /**
   * By SIGTERM: Ctrl-C takes the same way, but is ignored where a shell started this in the
   * background.
   */
  @Test
  void leavesNoProcessBehindWhenItIsStopped() {
    write("V5__slow.sql", "SELECT pg_sleep(600);\n");
    start();
    awaitOutput("MigrationRunning");
    await().atMost(PATIENCE).until(() -> runners().findAny().isPresent());
    var family = Stream.concat(runners(), servers()).toList();
    assertThat(servers()).isNotEmpty();

    process.toHandle().destroy();

    assertThat(exitCode()).isEqualTo(143);
    await().atMost(PATIENCE).until(() -> family.stream().noneMatch(ProcessHandle::isAlive));
  }

  private void start(String... options) {
    var command = new ArrayList<>(ProcessPods.javaImage(Quickstart.class.getName()));
    command.addAll(List.of(options));
    command.add(example.toString());
    var builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.directory(Path.of("..").toFile()).redirectOutput(output.toFile());
    builder.environment().put("JAVA_TOOL_OPTIONS", "-Djava.io.tmpdir=" + folder);
    try {
      process = builder.start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Stream<ProcessHandle> runners() {
    return process
        .descendants()
        .filter(handle -> handle.info().command().orElse("").endsWith("java"));
  }

  /** Servers of this test, which are no children of the program: their data is below its folder. */
  private Stream<ProcessHandle> servers() {
    return ProcessHandle.allProcesses()
        .filter(handle -> handle.info().command().orElse("").endsWith("postgres"))
        .filter(handle -> handle.info().commandLine().orElse("").contains(folder.toString()));
  }

  private int exitCode() {
    await().atMost(PATIENCE).until(() -> !process.isAlive());
    return process.exitValue();
  }

  private void awaitOutput(String text) {
    awaitOutput(text, 0);
  }

  private void awaitOutput(String text, int from) {
    await()
        .atMost(PATIENCE)
        .failFast(() -> assertThat(process.isAlive()).as(output()).isTrue())
        .untilAsserted(() -> assertThat(output().substring(from)).contains(text));
  }

  private String output() {
    try {
      return Files.readString(output);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void write(String migration, String text) {
    try {
      Files.writeString(example.resolve("migrations").resolve(migration), text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void copy(Path from, Path to) {
    try {
      Files.copy(from, to);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
