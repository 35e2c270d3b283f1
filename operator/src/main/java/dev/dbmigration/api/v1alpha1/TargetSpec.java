package dev.dbmigration.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import org.jspecify.annotations.Nullable;

/**
 * The database, and the names of the Secrets that open it.
 *
 * @param engine the kind of database
 * @param host wins over the Secret's
 * @param port wins over the Secret's
 * @param database wins over the Secret's
 * @param schema the default schema
 * @param secretName the Secret with the credentials
 * @param secretKeys keys that differ from the well-known shapes
 * @param tls how the connection is protected
 * @param connectTimeout for reaching the server
 */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record TargetSpec(
    @Required
        @JsonPropertyDescription("The kind of database. Cannot be changed.")
        @ValidationRule(
            value = "self == oldSelf",
            message =
                "engine cannot be changed: create another DatabaseMigration for the other database")
        Engine engine,
    @JsonPropertyDescription(
            "Name or address of the server, without port or options. Wins over the Secret's.")
        @Pattern(Form.HOST)
        @Size(min = 1, max = Form.NAME_LENGTH)
        @Nullable String host,
    @JsonPropertyDescription(
            "Port of the server. Wins over the Secret's; 5432 where neither says one.")
        @Min(1)
        @Max(65535)
        @Nullable Integer port,
    @JsonPropertyDescription("Name of the database. Wins over the Secret's.")
        @Pattern(Form.DATABASE)
        @Size(min = 1, max = 63)
        @Nullable String database,
    @JsonPropertyDescription(
            "Schema in which unqualified names are found and created, and in which the history is"
                + " kept. Where absent, the server's default for the user.")
        @Pattern(Form.SCHEMA)
        @Size(min = 1, max = 63)
        @Nullable String schema,
    @Required
        @JsonPropertyDescription(
            "Secret with user name and password, and optionally host, port and database, in the"
                + " namespace of this resource.")
        @Pattern(Form.OBJECT_NAME)
        @Size(min = 1, max = Form.NAME_LENGTH)
        String secretName,
    @JsonPropertyDescription(
            "Keys of the Secret, where they differ from the shapes that are understood by"
                + " themselves.")
        @Nullable SecretKeys secretKeys,
    @JsonPropertyDescription("How the connection is protected.") @Nullable Tls tls,
    @JsonPropertyDescription(
            "Longest time to reach the server and for each answer of the log-in, 100ms to 5m.")
        @Default("10s")
        @Pattern(Form.DURATION)
        @Size(min = 2, max = 28)
        @ValidationRule(
            value = "duration(self) >= duration('100ms') && duration(self) <= duration('5m')",
            message = "connectTimeout is out of bounds: write a duration from 100ms to 5m")
        @Nullable String connectTimeout) {

  /** The kinds of databases. */
  public enum Engine {
    /** PostgreSQL. */
    @JsonProperty("postgresql")
    POSTGRESQL
  }

  /**
   * Keys of the Secret.
   *
   * @param username key of the user's name
   * @param password key of the password
   * @param uri key of a connection URI
   * @param host key of the host
   * @param port key of the port
   * @param database key of the database's name
   */
  @JsonIgnoreProperties(ignoreUnknown = true)
  @JsonInclude(JsonInclude.Include.NON_EMPTY)
  public record SecretKeys(
      @JsonPropertyDescription("Key of the user's name.")
          @Pattern(Form.OBJECT_KEY)
          @Size(min = 1, max = Form.NAME_LENGTH)
          @Nullable String username,
      @JsonPropertyDescription("Key of the password.")
          @Pattern(Form.OBJECT_KEY)
          @Size(min = 1, max = Form.NAME_LENGTH)
          @Nullable String password,
      @JsonPropertyDescription("Key of a connection URI, from which the parts are read.")
          @Pattern(Form.OBJECT_KEY)
          @Size(min = 1, max = Form.NAME_LENGTH)
          @Nullable String uri,
      @JsonPropertyDescription("Key of the host.")
          @Pattern(Form.OBJECT_KEY)
          @Size(min = 1, max = Form.NAME_LENGTH)
          @Nullable String host,
      @JsonPropertyDescription("Key of the port.")
          @Pattern(Form.OBJECT_KEY)
          @Size(min = 1, max = Form.NAME_LENGTH)
          @Nullable String port,
      @JsonPropertyDescription("Key of the database's name.")
          @Pattern(Form.OBJECT_KEY)
          @Size(min = 1, max = Form.NAME_LENGTH)
          @Nullable String database) {}

  /**
   * How the connection is protected.
   *
   * @param mode what is demanded
   * @param caSecretName Secret with {@code ca.crt}
   * @param caConfigMapName ConfigMap with {@code ca.crt}
   * @param clientCertificateSecretName Secret with {@code tls.crt} and {@code tls.key}
   */
  @JsonIgnoreProperties(ignoreUnknown = true)
  @JsonInclude(JsonInclude.Include.NON_EMPTY)
  @ValidationRule(
      value = "!has(self.caSecretName) || !has(self.caConfigMapName)",
      message =
          "two certificate authorities are named: remove one of caSecretName and caConfigMapName")
  @ValidationRule(
      value =
          "!has(self.mode) || self.mode == 'VerifyFull'"
              + " || !has(self.caSecretName) && !has(self.caConfigMapName)",
      message =
          "this mode does not check the server's certificate: write mode VerifyFull, or remove"
              + " caSecretName and caConfigMapName")
  @ValidationRule(
      value = "!has(self.mode) || self.mode != 'Disable' || !has(self.clientCertificateSecretName)",
      message =
          "mode Disable sends no certificate: write another mode, or remove"
              + " clientCertificateSecretName")
  public record Tls(
      @JsonPropertyDescription(
              "VerifyFull: encrypted, the server's certificate is signed by the certificate"
                  + " authority and names the host. Require: encrypted, the certificate is not"
                  + " checked. Disable: plain text. Where absent, VerifyFull if a certificate"
                  + " authority is named, else Require.")
          @Nullable TlsMode mode,
      @JsonPropertyDescription(
              "Secret whose key ca.crt holds the certificate authority of the server.")
          @Pattern(Form.OBJECT_NAME)
          @Size(min = 1, max = Form.NAME_LENGTH)
          @Nullable String caSecretName,
      @JsonPropertyDescription(
              "ConfigMap whose key ca.crt holds the certificate authority of the server.")
          @Pattern(Form.OBJECT_NAME)
          @Size(min = 1, max = Form.NAME_LENGTH)
          @Nullable String caConfigMapName,
      @JsonPropertyDescription(
              "Secret whose keys tls.crt and tls.key hold the certificate by which the user is"
                  + " known to the server.")
          @Pattern(Form.OBJECT_NAME)
          @Size(min = 1, max = Form.NAME_LENGTH)
          @Nullable String clientCertificateSecretName) {}

  /** What is demanded of the connection. */
  public enum TlsMode {
    /** Encrypted, certificate and host name are checked. */
    @JsonProperty("VerifyFull")
    VERIFY_FULL,
    /** Encrypted, the certificate is not checked. */
    @JsonProperty("Require")
    REQUIRE,
    /** Plain text. */
    @JsonProperty("Disable")
    DISABLE
  }
}
