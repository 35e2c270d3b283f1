package dev.dbmigration.runner.dialect.postgresql;

import static dev.dbmigration.runner.dialect.Steps.apply;
import static dev.dbmigration.runner.dialect.Steps.entry;
import static dev.dbmigration.runner.dialect.Steps.failureOf;
import static dev.dbmigration.runner.dialect.Steps.first;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.dbmigration.model.Reason;
import dev.dbmigration.runner.dialect.TargetException;
import dev.dbmigration.runner.dialect.postgresql.Server.Database;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server of its own that is stopped and started again. */
class PostgresRestartIT {

  @TempDir private Path folder;

  private EmbeddedPostgres server;
  private Database database;

  @BeforeEach
  void start() throws Exception {
    server = Server.start(onDisk());
    database = Server.newDatabase(server);
  }

  @AfterEach
  void stop() throws IOException {
    server.close();
  }

  @Test
  void goesOnAfterTheServerWasRestarted() throws Exception {
    try (var session = database.open()) {
      session.history().create();
      assertThat(session.lock().tryAcquire()).isTrue();
      var one = apply(session, first(), "CREATE TABLE orders (id int)");

      restart();

      var second = entry(2, Optional.of(one.hash()), "2");
      assertThat(failureOf(() -> apply(session, second, "SELECT 1")).reason())
          .isEqualTo(Reason.CONNECTION_LOST);
      var lost = catchThrowableOfType(TargetException.class, () -> session.lock().isHeld());
      assertThat(lost.failure().reason()).isEqualTo(Reason.CONNECTION_LOST);
      try (var next = database.open()) {
        assertThat(next.lock().tryAcquire()).isTrue();
        assertThat(next.history().read().entries()).containsExactly(one);
        apply(next, second, "SELECT 1");
      }
    }
  }

  @Test
  void seesThatAServerIsInRecovery() throws Exception {
    try (var session = database.open()) {
      session.history().create();
    }
    server.close();
    Files.createFile(folder.resolve("data/standby.signal"));
    server = onDisk().start();
    database = new Database(server, database.name());

    try (var session = database.open()) {
      assertThat(session.facts().readOnly()).isTrue();
      assertThat(session.history().read().entries()).isEmpty();
      assertThat(failureOf(() -> apply(session, first(), "SELECT 1")).reason())
          .isEqualTo(Reason.TARGET_READ_ONLY);
    }
  }

  private void restart() throws IOException {
    int port = server.getPort();
    server.close();
    server = onDisk().setPort(port).start();
  }

  private EmbeddedPostgres.Builder onDisk() {
    return EmbeddedPostgres.builder()
        .setPGStartupWait(Duration.ofMinutes(2))
        .setDataDirectory(folder.resolve("data"))
        .setCleanDataDirectory(false);
  }
}
