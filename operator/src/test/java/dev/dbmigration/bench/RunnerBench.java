package dev.dbmigration.bench;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

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
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The runner as a process, with the AOT cache that the image has too, against psql doing the same
 * statements. The server is as durable as PostgreSQL is by itself; the library makes it faster.
 */
class RunnerBench {

  private static final int MIGRATIONS = 500;
  private static final int ROUNDS = 7;

  @TempDir static Path folder;
  private static EmbeddedPostgres server;
  private static Path psqlFile;
  private static RunnerProcess runner;

  @BeforeAll
  static void prepareBoth() throws Exception {
    server =
        EmbeddedPostgres.builder()
            .setServerConfig("fsync", "on")
            .setServerConfig("full_page_writes", "on")
            .setServerConfig("synchronous_commit", "on")
            .start();
    psqlFile = folder.resolve("all.sql");
    Files.writeString(
        psqlFile,
        IntStream.rangeClosed(1, MIGRATIONS)
            .mapToObj(i -> "BEGIN;\n" + migration(i) + "COMMIT;\n")
            .collect(joining()));
    for (int i = 1; i <= MIGRATIONS; i++) {
      var file = folder.resolve("root/source/0/V" + i + "__table_" + i + ".sql");
      Files.createDirectories(file.getParent());
      Files.writeString(file, migration(i));
    }
    runner = new RunnerProcess(folder);
    runner.train(environment(fresh("training")));
  }

  @AfterAll
  static void stopTheServer() throws IOException {
    server.close();
  }

  @Test
  void appliesManySmallMigrations() throws Exception {
    var ratios = new ArrayList<Double>();
    var ours = new ArrayList<Double>();
    var theirs = new ArrayList<Double>();
    for (int round = 0; round < ROUNDS; round++) {
      double psql = seconds(psql(fresh("psql" + round), "-f", psqlFile.toString()));
      double run = seconds(runner.run(environment(fresh("runner" + round))));
      theirs.add(psql);
      ours.add(run);
      ratios.add(run / psql);
    }

    Figures.row(
        MIGRATIONS + " small migrations, one commit each: runner / psql",
        Figures.number(Figures.median(ours)) + " s",
        Figures.number(Figures.median(theirs)) + " s",
        "ratio " + Figures.number(Figures.median(ratios)) + ", aim ≤ 1.30");
    assertThat(tables("runner0")).isEqualTo(tables("psql0") + 2);
  }

  @Test
  void hasNothingToDo() throws Exception {
    var database = fresh("nothing");
    runner.run(environment(database));
    var ours = new ArrayList<Double>();
    var theirs = new ArrayList<Double>();
    long peak = 0;
    for (int round = 0; round < ROUNDS; round++) {
      theirs.add(seconds(psql(database, "-c", "SELECT 1")));
      var run = runner.run(environment(database));
      ours.add(seconds(run));
      peak = Math.max(peak, run.peakMemoryKiB());
    }

    Figures.row(
        "nothing to do, " + MIGRATIONS + " applied: runner / psql with SELECT 1",
        Figures.number(Figures.median(ours)) + " s, " + peak / 1024 + " MiB",
        Figures.number(Figures.median(theirs)) + " s",
        "aim ≤ 0.20 s and ≤ 64 MiB");
    assertThat(peak).isPositive();
  }

  private static String migration(int number) {
    return "CREATE TABLE table_%1$d (id bigint PRIMARY KEY, name text NOT NULL);\nCREATE INDEX ON table_%1$d (name);\n"
        .formatted(number);
  }

  private static double seconds(MeasuredProcess process) {
    return process.wall().toNanos() / 1e9;
  }

  private static String fresh(String database) throws SQLException {
    try (var connection = server.getPostgresDatabase().getConnection();
        var statement = connection.createStatement()) {
      statement.execute("CREATE DATABASE " + database);
      statement.execute("CHECKPOINT");
    }
    return database;
  }

  private static long tables(String database) throws SQLException {
    try (var connection = server.getDatabase("postgres", database).getConnection();
        var statement = connection.createStatement();
        var rows =
            statement.executeQuery("SELECT count(*) FROM pg_tables WHERE schemaname = 'public'")) {
      rows.next();
      return rows.getLong(1);
    }
  }

  private static MeasuredProcess psql(String database, String... arguments) throws Exception {
    var command =
        new ArrayList<>(List.of("psql", "-X", "-q", "-v", "ON_ERROR_STOP=1", "-h", "localhost"));
    command.addAll(
        List.of("-p", Integer.toString(server.getPort()), "-U", "postgres", "-d", database));
    command.addAll(List.of(arguments));
    return MeasuredProcess.of(command, Map.of());
  }

  private static Map<String, String> environment(String database) throws IOException {
    var root = folder.resolve("root");
    var secret = Files.createDirectories(root.resolve(RunContract.TARGET_FOLDER));
    Files.writeString(secret.resolve("username"), "postgres");
    Files.writeString(secret.resolve("password"), "not-asked-for");
    return Map.of(
        RunContract.ROOT, root.toString(),
        RunContract.TERMINATION_MESSAGE, folder.resolve("termination").toString(),
        RunContract.ALLOW_LOOPBACK, "true",
        RunContract.REQUEST, RunRequests.write(request(database)));
  }

  private static RunRequest request(String database) {
    return new RunRequest(
        new ResourceRef("bench", database, "0a1b2c3d"),
        1,
        new Target(
            Engine.POSTGRESQL,
            Optional.of("localhost"),
            Optional.of(server.getPort()),
            Optional.of(database),
            Optional.empty(),
            "bench",
            Target.SecretKeys.WELL_KNOWN,
            new Target.Tls(
                Optional.of(Target.TlsMode.DISABLE),
                Optional.empty(),
                Optional.empty(),
                Optional.empty()),
            Duration.ofSeconds(10)),
        new Source.ConfigMaps(
            List.of(new Source.ConfigMap("bench", Optional.empty(), Optional.empty()))),
        Optional.empty(),
        Map.of(),
        Optional.empty(),
        Execution.DEFAULT,
        Policy.STRICT,
        Optional.empty(),
        Checksum.ofText(database));
  }
}
