package dev.dbmigration.runner.dialect.postgresql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import dev.dbmigration.model.Failure;
import dev.dbmigration.model.Reason;
import dev.dbmigration.model.Target;
import dev.dbmigration.model.Target.TlsMode;
import dev.dbmigration.runner.dialect.ConnectionSettings;
import dev.dbmigration.runner.dialect.Masking;
import dev.dbmigration.runner.dialect.Session;
import dev.dbmigration.runner.dialect.TargetException;
import dev.dbmigration.runner.dialect.postgresql.Server.Database;
import dev.dbmigration.runner.dialect.postgresql.connection.PemTlsFactory;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.math.BigInteger;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** TLS against a server that speaks it; its certificate is exchanged while it runs. */
class PostgresTlsIT {

  private static final Instant TOMORROW = Instant.now().plus(Duration.ofDays(1));
  private static final Instant YESTERDAY = Instant.now().minus(Duration.ofDays(1));

  private static final byte[] TLS_REQUEST = {0, 0, 0, 8, 4, (byte) 0xd2, 0x16, 0x2f};

  private static Certificates ca;
  private static EmbeddedPostgres server;
  private static Path folder;

  @TempDir private Path files;

  @BeforeAll
  static void start() throws Exception {
    ca = new Certificates("Private CA");
    var builder =
        Server.builder()
            .setServerConfig("ssl", "on")
            .setServerConfig("ssl_ca_file", "root.crt")
            .setDataDirectoryCustomizer(data -> {
              folder = data.toPath();
              Server.allow(data, List.of("hostssl all app all cert", "host all all all trust"));
              install("localhost", TOMORROW);
            });
    server = Server.start(builder);
  }

  @AfterAll
  static void stop() throws IOException {
    server.close();
  }

  @Test
  void connectsToAServerWhoseCertificateThePrivateCaSigned() throws Exception {
    present("localhost", TOMORROW);

    try (var session = open(settings(Optional.empty(), Optional.of(ca.pem())))) {
      assertThat(session.facts().target()).contains("localhost");
    }
  }

  @Test
  void encryptsWithWhomeverWhereNoCaIsGiven() throws Exception {
    present("elsewhere", YESTERDAY);

    try (var session = open(settings(Optional.empty(), Optional.empty()))) {
      session.history().create();
    }
  }

  @Test
  void refusesACertificateOfAnotherCa() throws Exception {
    present("localhost", TOMORROW);
    var other = new Certificates("Other CA").pem();

    assertTlsFailed(
        settings(Optional.empty(), Optional.of(other)), "not signed by the expected CA");
    assertTlsFailed(
        settings(Optional.of(TlsMode.VERIFY_FULL), Optional.empty()),
        "not signed by the expected CA");
  }

  @Test
  void refusesAnExpiredCertificate() throws Exception {
    present("localhost", YESTERDAY);

    assertTlsFailed(settings(Optional.empty(), Optional.of(ca.pem())), "has expired");
  }

  @Test
  void refusesACertificateForAnotherHost() throws Exception {
    present("elsewhere", TOMORROW);

    assertTlsFailed(settings(Optional.empty(), Optional.of(ca.pem())), "localhost");
  }

  @Test
  void presentsAClientCertificateInEveryUsualForm() throws Exception {
    present("localhost", TOMORROW);
    for (var algorithm : List.of("RSA", "EC")) {
      var client = ca.issue("app", algorithm, TOMORROW);
      for (var key : List.of(client.pkcs8(), client.traditional())) {
        try (var session = open(asClient(client.chain(), key))) {
          assertThat(session.facts().serverVersion()).startsWith("18");
        }
      }
    }
  }

  @Test
  void saysThatTheServerWantsAClientCertificateOfItsCa() throws Exception {
    present("localhost", TOMORROW);
    var stranger = new Certificates("Other CA").issue("app", "RSA", TOMORROW);

    var failure = failure(asClient(stranger.chain(), stranger.pkcs8()));

    assertThat(failure.reason()).isIn(Reason.TLS_FAILED, Reason.LOGIN_REFUSED);
    assertThat(failure.message()).contains("localhost");
  }

  @Test
  void namesTheSecretWhoseKeyCannotBeUsed() throws Exception {
    var client = ca.issue("app", "RSA", TOMORROW);
    var encrypted =
        "-----BEGIN ENCRYPTED PRIVATE KEY-----\nAAAA\n-----END ENCRYPTED PRIVATE KEY-----";

    var failure = failure(asClient(client.chain(), encrypted));

    assertThat(failure.reason()).isEqualTo(Reason.SECRET_INVALID);
    assertThat(failure.message()).contains("tls.key", "Secret orders-client", "ENCRYPTED");
  }

  @Test
  void namesTheSecretOrConfigMapThatIsNotThere() throws Exception {
    var present = settings(Optional.empty(), Optional.of(ca.pem()));
    Files.delete(present.caFile().orElseThrow());

    var failure = failure(present);

    assertThat(failure.reason()).isEqualTo(Reason.SECRET_NOT_FOUND);
    assertThat(failure.message())
        .isEqualTo("The Secret orders-ca does not exist or has no key ca.crt.");
  }

  private void assertTlsFailed(ConnectionSettings settings, String why) {
    var failure = failure(settings);
    assertThat(failure.reason()).isEqualTo(Reason.TLS_FAILED);
    assertThat(failure.message()).contains("localhost", why);
    assertThat(failure.remedy()).contains("spec.target.tls");
  }

  private ConnectionSettings asClient(String chain, String key) throws IOException {
    var known = settings(Optional.empty(), Optional.of(ca.pem()));
    Files.writeString(files.resolve("tls.crt"), chain);
    Files.writeString(files.resolve("tls.key"), key);
    var target = Database.settings(known.target(), "app", "none");
    return new ConnectionSettings(
        known.target(),
        target.secret(),
        known.caFile(),
        Optional.of(files),
        "tls test",
        true,
        Masking.NONE);
  }

  private ConnectionSettings settings(Optional<TlsMode> mode, Optional<String> authority)
      throws IOException {
    var file = files.resolve("ca.crt");
    if (authority.isPresent()) {
      Files.writeString(file, authority.get());
    }
    var plain = new Database(server, "postgres");
    var known = plain.target();
    var tls =
        new Target.Tls(
            mode, authority.map(_ -> "orders-ca"), Optional.empty(), Optional.of("orders-client"));
    var target =
        new Target(
            known.engine(),
            known.host(),
            known.port(),
            known.database(),
            known.schema(),
            known.secretName(),
            known.secretKeys(),
            tls,
            known.connectTimeout());
    return new ConnectionSettings(
        target,
        plain.settings().secret(),
        authority.map(_ -> file),
        Optional.empty(),
        "tls test",
        true,
        Masking.NONE);
  }

  /** Returns when the server shows the new certificate. */
  private static void present(String name, Instant end) throws Exception {
    var serial = install(name, end);
    query("SELECT pg_reload_conf()");
    await().atMost(Duration.ofSeconds(60)).until(PostgresTlsIT::shown, serial::equals);
  }

  private static BigInteger shown() throws Exception {
    int port = server.getPort();
    try (var socket = new Socket("localhost", port)) {
      socket.getOutputStream().write(TLS_REQUEST);
      socket.getInputStream().read();
      var factory = new PemTlsFactory("REQUIRE\n\n");
      var tls = (SSLSocket) factory.createSocket(socket, "localhost", port, true);
      tls.startHandshake();
      return ((X509Certificate) tls.getSession().getPeerCertificates()[0]).getSerialNumber();
    }
  }

  private static BigInteger install(String name, Instant end) {
    try {
      var signed = ca.issue(name, "RSA", end);
      write("server.crt", signed.chain());
      write("server.key", signed.pkcs8());
      write("root.crt", ca.pem());
      return signed.certificate().getSerialNumber();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  /** The server takes its key only if nobody else can read it. */
  private static void write(String name, String text) throws IOException {
    var file = folder.resolve(name);
    Files.writeString(file, text);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
  }

  private static String query(String sql) throws Exception {
    return new Database(server, "postgres").query(sql);
  }

  private static Failure failure(ConnectionSettings settings) {
    return catchThrowableOfType(TargetException.class, () -> open(settings).close()).failure();
  }

  private static Session open(ConnectionSettings settings) throws TargetException {
    return new PostgresDialect().open(settings);
  }
}
