package dev.dbmigration.runner.dialect.postgresql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.dbmigration.model.Failure;
import dev.dbmigration.model.Reason;
import dev.dbmigration.model.Target;
import dev.dbmigration.runner.dialect.ConnectionSettings;
import dev.dbmigration.runner.dialect.TargetException;
import dev.dbmigration.runner.dialect.postgresql.Server.Database;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What users see when no connection comes about. */
class PostgresConnectionIT {

  private final Database database;

  PostgresConnectionIT() throws Exception {
    database = Server.newDatabase();
  }

  @Test
  void connectsWithAPasswordAndTellsTheTarget() throws Exception {
    try (var session = database.openAsApp()) {
      assertThat(session.facts().target())
          .isEqualTo("postgresql localhost:" + database.server().getPort() + "/" + database.name());
      assertThat(session.facts().serverVersion()).startsWith("18");
      assertThat(session.facts().schema()).contains("public");
      assertThat(session.facts().readOnly()).isFalse();
    }
  }

  @Test
  void showsTheRunInTheServersListOfSessions() throws Exception {
    try (var _ = database.open()) {
      assertThat(
              database.query(
                  "SELECT count(*) FROM pg_stat_activity WHERE application_name = 'contract test'"
                      + " AND datname = current_database()"))
          .isEqualTo("1");
    }
  }

  @Test
  void saysThatTheLoginWasRefused() {
    var failure = failure(Database.settings(database.target(), "app", "wr0ng-p4ssw0rd"));

    assertThat(failure.reason()).isEqualTo(Reason.LOGIN_REFUSED);
    assertThat(failure.code()).contains("28P01");
    assertThat(failure.message())
        .contains(database.name(), "password authentication failed")
        .doesNotContain("wr0ng-p4ssw0rd");
    assertThat(failure.remedy()).contains("Secret", "pg_hba.conf");
  }

  @Test
  void saysThatTheDatabaseIsNotThere() {
    var failure = failure(settings(target("localhost", database.server().getPort(), "nowhere")));

    assertThat(failure.reason()).isEqualTo(Reason.DATABASE_NOT_FOUND);
    assertThat(failure.message()).contains("database \"nowhere\" does not exist");
    assertThat(failure.remedy()).contains("spec.target.database");
  }

  @Test
  void saysThatTheServerTakesNoMoreConnections() throws Exception {
    database.execute("ALTER DATABASE " + database.name() + " CONNECTION LIMIT 0");

    var failure = failure(Database.settings(database.target(), "app", Server.PASSWORD));

    assertThat(failure.reason()).isEqualTo(Reason.TARGET_UNREACHABLE);
    assertThat(failure.code()).contains("53300");
    assertThat(failure.message()).contains("too many connections");
  }

  @Test
  void saysThatTheHostIsUnknown() {
    var failure = failure(settings(target("no-such-host.invalid", 5432, "orders")));

    assertThat(failure.reason()).isEqualTo(Reason.TARGET_UNREACHABLE);
    assertThat(failure.message()).contains("no-such-host.invalid");
  }

  @Test
  void saysThatTheConnectionWasRefused() throws Exception {
    int free;
    try (var closed = new ServerSocket(0)) {
      free = closed.getLocalPort();
    }

    var failure = failure(settings(target("localhost", free, "orders")));

    assertThat(failure.reason()).isEqualTo(Reason.TARGET_UNREACHABLE);
    assertThat(failure.message()).contains("localhost:" + free, "the connection was refused");
  }

  @Test
  void givesUpOnAPortThatAcceptsAndNeverAnswers() throws Exception {
    try (var silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      for (var mode : Target.TlsMode.values()) {
        var failure = failure(settings(silent(silent.getLocalPort(), mode)));

        assertThat(failure.reason()).isEqualTo(Reason.TARGET_UNREACHABLE);
        assertThat(failure.message()).contains("does not answer within spec.target.connectTimeout");
      }
    }
  }

  @Test
  void refusesLoopbackOutsideOfTests() {
    var allowed = database.settings();
    var settings =
        new ConnectionSettings(
            allowed.target(),
            allowed.secret(),
            allowed.caFile(),
            allowed.clientCertificate(),
            allowed.applicationName(),
            false,
            allowed.masking());

    assertThat(failure(settings).reason()).isEqualTo(Reason.ADDRESS_REFUSED);
  }

  @Test
  void saysThatTheServerHasNoTls() {
    var failure = failure(settings(silent(database.server().getPort(), Target.TlsMode.REQUIRE)));

    assertThat(failure.reason()).isEqualTo(Reason.TLS_FAILED);
    assertThat(failure.message()).contains("the server does not support TLS");
    assertThat(failure.remedy()).contains("spec.target.tls.mode");
  }

  @Test
  void seesThatTheTargetTakesNoChanges() throws Exception {
    database.execute(
        "ALTER DATABASE " + database.name() + " SET default_transaction_read_only = on");

    try (var session = database.open()) {
      assertThat(session.facts().readOnly()).isTrue();
    }
  }

  private static Failure failure(ConnectionSettings settings) {
    return catchThrowableOfType(
            TargetException.class, () -> new PostgresDialect().open(settings).close())
        .failure();
  }

  private ConnectionSettings settings(Target target) {
    return Database.settings(target, "postgres", "none");
  }

  private Target target(String host, int port, String name) {
    var known = database.target();
    return new Target(
        known.engine(),
        Optional.of(host),
        Optional.of(port),
        Optional.of(name),
        known.schema(),
        known.secretName(),
        known.secretKeys(),
        known.tls(),
        known.connectTimeout());
  }

  private Target silent(int port, Target.TlsMode mode) {
    var known = target("localhost", port, "orders");
    return new Target(
        known.engine(),
        known.host(),
        known.port(),
        known.database(),
        known.schema(),
        known.secretName(),
        known.secretKeys(),
        new Target.Tls(Optional.of(mode), Optional.empty(), Optional.empty(), Optional.empty()),
        Duration.ofSeconds(1));
  }
}
