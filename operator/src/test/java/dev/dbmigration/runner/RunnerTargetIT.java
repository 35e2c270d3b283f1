package dev.dbmigration.runner;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dbmigration.model.Reason;
import dev.dbmigration.support.FinishedRunner;
import dev.dbmigration.support.RunnerPod;
import dev.dbmigration.support.TestDatabase;
import dev.dbmigration.support.TestServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The runner as a process, and targets that are not as they should be. */
class RunnerTargetIT {

  private final TestDatabase database = TestServer.shared().database();

  @Test
  void saysThatTheLoginIsRefused() {
    var runner = pod(Map.of("password", "wrong-marker-hunter3")).run();

    assertThat(runner.exitCode()).isEqualTo(20);
    assertThat(runner.failure().reason()).isEqualTo(Reason.LOGIN_REFUSED);
    assertThat(runner.failure().code()).contains("28P01");
    assertThat(runner.toString()).doesNotContain("hunter3");
  }

  @Test
  void saysThatTheHostIsUnknown() {
    var runner = pod(Map.of("host", "orders-db.does-not-exist.invalid")).run();

    assertUnreachable(runner);
    assertThat(runner.failure().message()).contains("orders-db.does-not-exist.invalid");
  }

  @Test
  void saysThatNobodyListens() throws IOException {
    int port;
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = socket.getLocalPort();
    }

    assertUnreachable(pod(Map.of("port", Integer.toString(port))).run());
  }

  @Test
  void doesNotWaitForeverForAServerThatNeverAnswers() throws IOException {
    try (var silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      var pod = pod(Map.of("port", Integer.toString(silent.getLocalPort())));

      var runner = pod.asking(asked -> asked.connectingWithin(Duration.ofSeconds(2))).run();

      assertUnreachable(runner);
      assertThat(runner.failure().message()).contains("connectTimeout");
    }
  }

  @Test
  void saysThatTheDatabaseDoesNotExist() {
    var runner = pod(Map.of("dbname", "nowhere")).run();

    assertThat(runner.exitCode()).isEqualTo(20);
    assertThat(runner.failure().reason()).isEqualTo(Reason.DATABASE_NOT_FOUND);
    assertThat(runner.failure().message()).contains("nowhere");
  }

  @Test
  void namesTheSecretThatIsMissing() {
    var runner = RunnerPod.of(Map.of()).with("V1__a.sql", "CREATE TABLE a ();").run();

    assertThat(runner.exitCode()).isEqualTo(30);
    assertThat(runner.failure().reason()).isEqualTo(Reason.SECRET_NOT_FOUND);
    assertThat(runner.failure().message()).contains("orders-db-app");
  }

  @Test
  void namesTheKeyThatIsMissing() {
    var secret = new HashMap<>(database.secret());
    secret.remove("password");

    var runner = RunnerPod.of(secret).with("V1__a.sql", "CREATE TABLE a ();").run();

    assertThat(runner.exitCode()).isEqualTo(30);
    assertThat(runner.failure().reason()).isEqualTo(Reason.SECRET_KEY_MISSING);
    assertThat(runner.failure().message()).contains("orders-db-app", "password");
  }

  @Test
  void refusesAServerThatTakesNoChanges() {
    TestServer.shared()
        .execute("ALTER DATABASE %s SET default_transaction_read_only = on".formatted(name()));

    var runner = pod(Map.of()).run();

    assertThat(runner.exitCode()).isEqualTo(20);
    assertThat(runner.failure().reason()).isEqualTo(Reason.TARGET_READ_ONLY);
  }

  @Test
  void leavesASchemaAloneThatIsNotItsOwn() {
    database.execute("CREATE TABLE customers (id int)");

    var runner = pod(Map.of()).run();

    assertThat(runner.exitCode()).isEqualTo(10);
    assertThat(runner.failure().reason()).isEqualTo(Reason.TARGET_NOT_EMPTY);
    assertThat(runner.failure().message()).contains("customers");
    assertThat(database.hasTable("dbmigration_history")).isFalse();
  }

  @Test
  void migratesANewDatabaseBehindTheSameSecret() {
    var pod = pod(Map.of());
    var head = pod.run().report().history().orElseThrow().head().orElseThrow();
    recreate();

    var runner = pod.asking(asked -> asked.knowing(head)).run();

    assertThat(runner.appliedNow()).isEqualTo(1);
    assertThat(runner.report().warnings()).anySatisfy(w -> assertThat(w).contains("new database"));
  }

  @Test
  void refusesAnOlderBackup() {
    var pod = pod(Map.of());
    pod.run();
    var backup = name() + "_backup";
    TestServer.shared().execute("CREATE DATABASE %s TEMPLATE %s".formatted(backup, name()));
    pod.with("V2__b.sql", "CREATE TABLE b ();");
    var head = pod.run().report().history().orElseThrow().head().orElseThrow();
    TestServer.shared().execute("DROP DATABASE " + name());
    TestServer.shared().execute("ALTER DATABASE %s RENAME TO %s".formatted(backup, name()));

    var runner = pod.asking(asked -> asked.knowing(head)).run();

    assertThat(runner.exitCode()).isEqualTo(10);
    assertThat(runner.failure().reason()).isEqualTo(Reason.HISTORY_WENT_BACK);
    assertThat(database.hasTable("b")).isFalse();
  }

  private void recreate() {
    TestServer.shared().execute("DROP DATABASE " + name());
    TestServer.shared().createDatabase(name(), name());
    database.execute("SELECT 1");
  }

  private String name() {
    return database.name();
  }

  private RunnerPod pod(Map<String, String> differences) {
    var secret = new HashMap<>(database.secret());
    secret.putAll(differences);
    return RunnerPod.of(secret).with("V1__a.sql", "CREATE TABLE a (id int);");
  }

  private static void assertUnreachable(FinishedRunner runner) {
    assertThat(runner.exitCode()).isEqualTo(20);
    assertThat(runner.failure().reason()).isEqualTo(Reason.TARGET_UNREACHABLE);
    assertThat(runner.failure().remedy()).isNotBlank();
  }
}
