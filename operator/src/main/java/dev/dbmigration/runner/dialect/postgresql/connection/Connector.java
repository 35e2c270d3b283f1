package dev.dbmigration.runner.dialect.postgresql.connection;

import dev.dbmigration.model.Failure;
import dev.dbmigration.model.Reason;
import dev.dbmigration.model.Target.TlsMode;
import dev.dbmigration.runner.dialect.ConnectionSettings;
import dev.dbmigration.runner.dialect.TargetException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Properties;
import org.postgresql.Driver;
import org.postgresql.PGProperty;
import org.postgresql.core.BaseConnection;

/**
 * Opens connections to one target, each to addresses that were checked at that moment.
 *
 * @param login where and as whom
 * @param tls how protected
 * @param settings the rest
 * @param errors for failures
 */
public record Connector(
    Login login, TlsFiles tls, ConnectionSettings settings, ServerErrors errors) {

  /** A request to cancel that is not answered by then is sent again. */
  private static final int CANCEL_SECONDS = 2;

  /** Checks the files of TLS. */
  public static Connector of(ConnectionSettings settings, Login login, ServerErrors errors)
      throws TargetException {
    return new Connector(login, TlsFiles.check(settings, login.verified()), settings, errors);
  }

  /**
   * A connection in autocommit.
   *
   * @throws TargetException if the server cannot be reached or refuses
   */
  BaseConnection connect() throws TargetException {
    var addresses = AddressGuard.resolve(login.host(), settings.allowLoopback());
    var properties = properties();
    PGProperty.SOCKET_FACTORY.set(properties, CheckedSocketFactory.class.getName());
    PGProperty.SOCKET_FACTORY_ARG.set(
        properties, CheckedSocketFactory.argument(addresses, login.port(), timeout()));
    try {
      var connection = new Driver().connect(url(), properties);
      if (connection == null) {
        throw new IllegalStateException("the driver does not know its own URL");
      }
      connection.setNetworkTimeout(Runnable::run, 0);
      return connection.unwrap(BaseConnection.class);
    } catch (SQLException e) {
      throw new TargetException(errors.whileConnecting(e), e);
    }
  }

  private String url() {
    return "jdbc:postgresql://"
        + login.bracketed()
        + ":"
        + login.port()
        + "/"
        + URLEncoder.encode(login.database(), StandardCharsets.UTF_8);
  }

  /** The timeouts end each wait of the log-in; statements have none of them. */
  private Properties properties() {
    int seconds = (int) Math.ceilDiv(timeout().toMillis(), 1000);
    var properties = new Properties();
    PGProperty.USER.set(properties, login.user());
    PGProperty.PASSWORD.set(properties, login.password());
    PGProperty.APPLICATION_NAME.set(properties, settings.applicationName());
    PGProperty.ASSUME_MIN_SERVER_VERSION.set(properties, "14");
    PGProperty.PREFER_QUERY_MODE.set(properties, "simple");
    PGProperty.ALLOW_ENCODING_CHANGES.set(properties, true);
    PGProperty.LOG_SERVER_ERROR_DETAIL.set(properties, false);
    PGProperty.TCP_KEEP_ALIVE.set(properties, true);
    PGProperty.GSS_ENC_MODE.set(properties, "disable");
    PGProperty.CONNECT_TIMEOUT.set(properties, seconds);
    PGProperty.SOCKET_TIMEOUT.set(properties, seconds);
    PGProperty.SSL_RESPONSE_TIMEOUT.set(properties, (int) timeout().toMillis());
    PGProperty.CANCEL_SIGNAL_TIMEOUT.set(properties, CANCEL_SECONDS);
    PGProperty.SSL_MODE.set(properties, sslMode());
    if (tls.mode() != TlsMode.DISABLE) {
      PGProperty.SSL_FACTORY.set(properties, PemTlsFactory.class.getName());
      PGProperty.SSL_FACTORY_ARG.set(properties, PemTlsFactory.argument(tls));
    }
    return properties;
  }

  /** The certificate, its host name included, is checked by {@link PemTlsFactory}. */
  private String sslMode() {
    return switch (tls.mode()) {
      case VERIFY_FULL -> "verify-full";
      case REQUIRE -> "require";
      case DISABLE -> "disable";
    };
  }

  private Duration timeout() {
    var wanted = settings.target().connectTimeout();
    return wanted.compareTo(Duration.ofSeconds(1)) < 0 ? Duration.ofSeconds(1) : wanted;
  }

  /** That the target is used in a way that cannot work. */
  public TargetException refused(Reason reason, String message, String remedy) {
    return new TargetException(Failure.of(reason, message, remedy));
  }
}
