package dev.dbmigration.runner.dialect.postgresql.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConnectionUriTest {

  @Test
  void readsTheFormOfLibpq() {
    var uri =
        ConnectionUri.parse(
            "postgresql://a%40b:p%2Fw+1:2@[2001:db8::1]:6432/my%20db?sslmode=require");

    assertThat(uri.user()).contains("a@b");
    assertThat(uri.password()).contains("p/w+1:2");
    assertThat(uri.host()).contains("2001:db8::1");
    assertThat(uri.port()).contains("6432");
    assertThat(uri.database()).contains("my db");
    assertThat(uri.verified()).isFalse();
  }

  @Test
  void readsTheFormOfJdbc() {
    var uri = ConnectionUri.parse("jdbc:postgresql://db:5432/orders?password=p%26w+x&user=app");

    assertThat(uri.user()).contains("app");
    assertThat(uri.password()).contains("p&w x");
    assertThat(uri.host()).contains("db");
  }

  @Test
  void leavesOutWhatIsNotSaid() {
    var uri = ConnectionUri.parse("postgres://db");

    assertThat(uri)
        .isEqualTo(
            new ConnectionUri(
                Optional.of("db"),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                false));
  }

  @ParameterizedTest
  @CsvSource({"disable,false", "prefer,false", "verify-ca,true", "verify-full,true"})
  void hearsTheDemandForACheck(String mode, boolean verified) {
    assertThat(ConnectionUri.parse("postgresql://db/orders?sslmode=" + mode).verified())
        .isEqualTo(verified);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "postgresql://db/orders?socketFactory=secretValue",
        "postgresql://db/orders?sslmode=secretValue",
        "postgresql://db/orders?options=-c%20secretValue",
        "postgresql://db/orders?secretValue!=1",
        "postgresql://a,b/orders?x=secretValue",
        "postgresql://secretValue,b/orders",
        "postgresql://u:secretValue%zz@db/orders",
        "postgresql://u:secret/Value@db/orders@x",
        "mysql://secretValue@db/orders",
        "secretValue"
      })
  void refusesWithoutRepeatingValues(String uri) {
    assertThatThrownBy(() -> ConnectionUri.parse(uri))
        .isInstanceOf(IllegalArgumentException.class)
        .message()
        .doesNotContain("secret");
  }

  @Test
  void refusesSeveralHostsAndSaysSo() {
    assertThatThrownBy(() -> ConnectionUri.parse("postgresql://a:5432,b:5432/orders"))
        .hasMessageContaining("names several hosts");
  }
}
