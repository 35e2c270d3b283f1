package dev.dbmigration.runner.dialect.postgresql.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.dbmigration.model.Reason;
import dev.dbmigration.runner.dialect.TargetException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AddressGuardTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "127.0.0.1",
        "localhost",
        "::1",
        "127.8.9.10",
        "::ffff:127.0.0.1",
        "64:ff9b::7f00:1"
      })
  void refusesLoopbackUnlessAllowed(String host) throws Exception {
    assertThat(refusal(host, false)).contains(host, "loopback");
    assertThat(AddressGuard.resolve(host, true)).isNotEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "169.254.169.254",
        "169.254.0.1",
        "fe80::1",
        "fd00:ec2::254",
        "100.100.100.200",
        "64:ff9b::a9fe:a9fe",
        "::ffff:169.254.169.254",
        "::169.254.169.254",
        "0.0.0.0",
        "::",
        "224.0.0.1",
        "255.255.255.255"
      })
  void refusesWhatIsNoDatabaseEvenWhereLoopbackIsAllowed(String host) {
    assertThat(refusal(host, true)).contains(host);
  }

  @ParameterizedTest
  @ValueSource(strings = {"10.96.0.10", "192.168.1.5", "2001:db8::1", "fd12:3456::1"})
  void acceptsPrivateAndPublicAddresses(String host) throws Exception {
    assertThat(AddressGuard.resolve(host, false)).hasSize(1);
  }

  @Test
  void saysThatAHostIsUnknown() {
    var refused =
        catchThrowableOfType(
            TargetException.class, () -> AddressGuard.resolve("no-such-host.invalid", false));

    assertThat(refused.failure().reason()).isEqualTo(Reason.TARGET_UNREACHABLE);
    assertThat(refused.failure().message()).contains("no-such-host.invalid", "not known");
  }

  private static String refusal(String host, boolean allowLoopback) {
    var refused =
        catchThrowableOfType(
            TargetException.class, () -> AddressGuard.resolve(host, allowLoopback));
    assertThat(refused.failure().reason()).isEqualTo(Reason.ADDRESS_REFUSED);
    return refused.failure().message();
  }
}
