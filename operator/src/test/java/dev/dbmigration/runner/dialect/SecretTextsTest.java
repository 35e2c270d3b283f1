package dev.dbmigration.runner.dialect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dbmigration.model.Target.SecretKeys;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SecretTextsTest {

  @Test
  void areThePasswordsOfKeysThatTellIt() {
    var secret =
        Map.of(
            "password", "one\n", "POSTGRES_PASSWORD", "two", "verifier", "md5", "api-token", "x1");

    assertThat(SecretTexts.of(secret, SecretKeys.WELL_KNOWN))
        .containsExactlyInAnyOrder("one", "two", "md5", "x1");
  }

  @Test
  void areThePasswordsOfUrisAsWrittenAndDecoded() {
    var secret =
        Map.of(
            "uri", "postgresql://app:uri%2Fp+w@orders-db:5432/orders",
            "jdbc-uri", "jdbc:postgresql://a:b@orders-db/orders?user=app&password=jdbc-pw");

    assertThat(SecretTexts.of(secret, SecretKeys.WELL_KNOWN))
        .containsExactlyInAnyOrder("uri%2Fp+w", "uri/p w", "uri/p+w", "b", "jdbc-pw");
  }

  @Test
  void areThePasswordsOfPgpassLinesAndNotTheirNames() {
    var secret = Map.of("pgpass", "orders-db:5432:orders:app:pl\\:ain\n*:*:*:app:other\n");

    assertThat(SecretTexts.of(secret, SecretKeys.WELL_KNOWN))
        .containsExactlyInAnyOrder("pl\\:ain", "pl:ain", "other");
  }

  @Test
  void areWhatTheSpecificationNamesAsThePassword() {
    var none = Optional.<String>empty();
    var keys = new SecretKeys(none, Optional.of("pw"), none, none, none, none);

    assertThat(SecretTexts.of(Map.of("pw", "plain", "host", "orders-db"), keys))
        .containsExactly("plain");
  }
}
