package dev.dbmigration.runner.dialect;

import dev.dbmigration.model.Target;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * What a dialect needs to connect.
 *
 * @param target as the resource describes it
 * @param secret the Secret's keys and values, as mounted; empty when the Secret does not exist
 * @param caFile the CA certificate in PEM; absent if none is configured, named but possibly missing
 *     otherwise
 * @param clientCertificate folder with {@code tls.crt} and {@code tls.key}; absent if none is
 *     configured
 * @param applicationName how the session shows itself to the server, at most 63 characters
 * @param allowLoopback whether loopback addresses may be connected to: for laptops and tests
 * @param masking hides the values of the run's other secrets, such as placeholders, in what the
 *     server says; the dialect adds the credentials
 */
public record ConnectionSettings(
    Target target,
    Map<String, String> secret,
    Optional<Path> caFile,
    Optional<Path> clientCertificate,
    String applicationName,
    boolean allowLoopback,
    Masking masking) {

  /** Copies the Secret's values. */
  public ConnectionSettings {
    secret = Map.copyOf(secret);
  }

  /** Names the target only: never the Secret's values. */
  @Override
  public String toString() {
    return "ConnectionSettings[" + target.engine() + ", Secret " + target.secretName() + "]";
  }
}
