package dev.dbmigration.model;

import java.time.Duration;
import java.util.Optional;

/**
 * The database that a resource points at. What is absent here is taken from the Secret.
 *
 * @param engine the kind of database
 * @param host name or address; wins over the Secret's
 * @param port 1 to 65535; wins over the Secret's
 * @param database its name; wins over the Secret's
 * @param schema the default schema, and the place of the history table; absent means the server's
 *     default for the role
 * @param secretName the Secret with the credentials, in the resource's namespace
 * @param secretKeys names of keys that differ from the well-known shapes
 * @param tls how the connection is protected
 * @param connectTimeout for reaching the server and for each answer of the log-in
 */
public record Target(
    Engine engine,
    Optional<String> host,
    Optional<Integer> port,
    Optional<String> database,
    Optional<String> schema,
    String secretName,
    SecretKeys secretKeys,
    Tls tls,
    Duration connectTimeout) {

  /** What applies where nothing is said; also the default in the CRD. */
  public static final Duration DEFAULT_CONNECT_TIMEOUT = Duration.ofSeconds(10);

  /**
   * Keys of the Secret, where they differ from the well-known shapes.
   *
   * @param username key of the user's name
   * @param password key of the password
   * @param uri key of a connection URI
   * @param host key of the host
   * @param port key of the port
   * @param database key of the database's name
   */
  public record SecretKeys(
      Optional<String> username,
      Optional<String> password,
      Optional<String> uri,
      Optional<String> host,
      Optional<String> port,
      Optional<String> database) {

    /** No key differs. */
    public static final SecretKeys WELL_KNOWN =
        new SecretKeys(
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());
  }

  /**
   * How the connection is protected.
   *
   * @param mode what is demanded; absent means {@link TlsMode#VERIFY_FULL} with a CA and {@link
   *     TlsMode#REQUIRE} without
   * @param caSecretName Secret whose {@code ca.crt} signs the server's certificate
   * @param caConfigMapName ConfigMap with the same; at most one of the two is present
   * @param clientCertificateSecretName Secret with {@code tls.crt} and {@code tls.key}
   */
  public record Tls(
      Optional<TlsMode> mode,
      Optional<String> caSecretName,
      Optional<String> caConfigMapName,
      Optional<String> clientCertificateSecretName) {

    /** Nothing is said: encryption without a check of the certificate. */
    public static final Tls UNSPECIFIED =
        new Tls(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

    /** The mode that applies. */
    public TlsMode effectiveMode() {
      boolean hasCa = caSecretName.isPresent() || caConfigMapName.isPresent();
      return mode.orElse(hasCa ? TlsMode.VERIFY_FULL : TlsMode.REQUIRE);
    }
  }

  /** What is demanded of the connection. */
  public enum TlsMode {
    /** Encrypted, the certificate is signed by the CA and names the host. */
    VERIFY_FULL,
    /** Encrypted, the certificate is not checked. */
    REQUIRE,
    /** Plain text. */
    DISABLE
  }
}
