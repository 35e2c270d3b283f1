package dev.dbmigration.runner.dialect.postgresql.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.dbmigration.model.Engine;
import dev.dbmigration.model.Failure;
import dev.dbmigration.model.Reason;
import dev.dbmigration.model.Target;
import dev.dbmigration.model.Target.SecretKeys;
import dev.dbmigration.runner.dialect.TargetException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class LoginReaderTest {

  private static final Path SHAPES = Path.of("src/test/resources/SecretShapes");
  private static final Map<String, String> PLAIN =
      Map.of("username", "app", "password", "pa55word", "host", "db", "dbname", "orders");

  static Stream<Path> shapes() throws IOException {
    return Files.list(SHAPES).sorted();
  }

  @ParameterizedTest
  @MethodSource("shapes")
  void readsTheSecretsThatOperatorsWrite(Path shape) throws Exception {
    var expected = new Properties();
    try (var in = Files.newBufferedReader(shape.resolve("expected.properties"))) {
      expected.load(in);
    }

    var login = LoginReader.read(target(spec(expected)), keys(shape.resolve("secret")));

    assertThat(login.host()).isEqualTo(expected.getProperty("host"));
    assertThat(login.port()).hasToString(expected.getProperty("port"));
    assertThat(login.database()).isEqualTo(expected.getProperty("database"));
    assertThat(login.user()).isEqualTo(expected.getProperty("user"));
    assertThat(login.password()).isEqualTo(expected.getProperty("password"));
    assertThat(login.secrets()).contains(login.password());
    assertThat(login.toString()).doesNotContain(login.password(), login.user() + ":");
  }

  @Test
  void prefersTheSpecificationToTheSecret() throws Exception {
    var target = target(Map.of("host", "other", "port", "6543", "database", "sales"));

    assertThat(LoginReader.read(target, PLAIN).target()).isEqualTo("postgresql other:6543/sales");
  }

  @Test
  void takesTheKeysThatTheSpecificationNames() throws Exception {
    var secret =
        Map.of(
            "login",
            "me",
            "pw",
            "pa55word",
            "username",
            "no",
            "password",
            "no",
            "host",
            "db",
            "database",
            "orders");

    var login = LoginReader.read(withKeys(key("login"), key("pw"), none()), secret);

    assertThat(login.user()).isEqualTo("me");
    assertThat(login.password()).isEqualTo("pa55word");
  }

  @Test
  void prefersTheUriThatTheSpecificationNamesToWellKnownKeys() throws Exception {
    var secret = new TreeMap<>(PLAIN);
    secret.put("fqdn-uri", "postgresql://app:pa55word@db.shop.svc:5433/orders");

    var login = LoginReader.read(withKeys(none(), none(), key("fqdn-uri")), secret);

    assertThat(login.target()).isEqualTo("postgresql db.shop.svc:5433/orders");
  }

  @Test
  void saysThatTheSecretIsNotThere() {
    var failure = failure(target(Map.of()), Map.of());

    assertThat(failure.reason()).isEqualTo(Reason.SECRET_NOT_FOUND);
    assertThat(failure.message()).isEqualTo("The Secret orders-db does not exist or is empty.");
  }

  @Test
  void namesEveryKeyThatIsMissingAndWhereItLooked() {
    var failure = failure(target(Map.of()), Map.of("username", "app"));

    assertThat(failure.reason()).isEqualTo(Reason.SECRET_KEY_MISSING);
    assertThat(failure.message())
        .isEqualTo(
            "The Secret orders-db has no key for: host (host); database (dbname, database);"
                + " password (password); nor a key uri or jdbc-uri that says it.");
    assertThat(failure.remedy()).contains("spec.target.secretKeys");
  }

  @Test
  void namesAKeyThatTheSpecificationNamesInVain() {
    var failure = failure(withKeys(key("login"), none(), none()), PLAIN);

    assertThat(failure.reason()).isEqualTo(Reason.SECRET_KEY_MISSING);
    assertThat(failure.message()).isEqualTo("The Secret orders-db has no key login.");
    assertThat(failure.remedy()).contains("spec.target.secretKeys.username");
  }

  @Test
  void refusesAUriWithoutRepeatingIt() {
    var failure =
        failure(
            target(Map.of()),
            Map.of("uri", "postgresql://app:pa55word@db/orders?socketFactory=evil.Value"));

    assertThat(failure.reason()).isEqualTo(Reason.SECRET_INVALID);
    assertThat(failure.message())
        .contains("The key uri in the Secret orders-db", "socketFactory")
        .doesNotContain("evil", "pa55word");
  }

  @Test
  void refusesAHostThatIsNone() {
    var failure = failure(target(Map.of("host", "/var/run/postgresql")), PLAIN);

    assertThat(failure.reason()).isEqualTo(Reason.SECRET_INVALID);
    assertThat(failure.message()).contains("neither a host name nor an address");
  }

  private static Failure failure(Target target, Map<String, String> secret) {
    return catchThrowableOfType(TargetException.class, () -> LoginReader.read(target, secret))
        .failure();
  }

  private static Map<String, String> spec(Properties expected) {
    var spec = new TreeMap<String, String>();
    for (var name : expected.stringPropertyNames()) {
      if (name.startsWith("spec.")) {
        spec.put(name.substring("spec.".length()), expected.getProperty(name));
      }
    }
    return spec;
  }

  private static Map<String, String> keys(Path folder) throws IOException {
    var keys = new TreeMap<String, String>();
    try (var files = Files.list(folder)) {
      for (var file : files.toList()) {
        keys.put(file.getFileName().toString(), Files.readString(file));
      }
    }
    return keys;
  }

  private static Optional<String> key(String name) {
    return Optional.of(name);
  }

  private static Optional<String> none() {
    return Optional.empty();
  }

  private static Target target(Map<String, String> spec) {
    return target(spec, SecretKeys.WELL_KNOWN);
  }

  private static Target withKeys(
      Optional<String> username, Optional<String> password, Optional<String> uri) {
    return target(Map.of(), new SecretKeys(username, password, uri, none(), none(), none()));
  }

  private static Target target(Map<String, String> spec, SecretKeys keys) {
    return new Target(
        Engine.POSTGRESQL,
        Optional.ofNullable(spec.get("host")),
        Optional.ofNullable(spec.get("port")).map(Integer::parseInt),
        Optional.ofNullable(spec.get("database")),
        Optional.empty(),
        "orders-db",
        keys,
        Target.Tls.UNSPECIFIED,
        Duration.ofSeconds(10));
  }
}
