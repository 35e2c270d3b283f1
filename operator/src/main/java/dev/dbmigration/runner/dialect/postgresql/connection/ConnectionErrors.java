package dev.dbmigration.runner.dialect.postgresql.connection;

import dev.dbmigration.model.Failure;
import dev.dbmigration.model.Reason;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.sql.SQLException;
import java.util.Optional;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;
import org.postgresql.util.PSQLState;

/** Why a connection did not come about. */
final class ConnectionErrors {

  private ConnectionErrors() {}

  static Failure failure(ServerErrors errors, SQLException e) {
    if (ServerErrors.serverMessage(e).isPresent()) {
      return refused(errors, e);
    }
    if (cause(e, SSLException.class).isPresent()) {
      return tls(errors, tlsWords(errors, e));
    }
    if (ServerErrors.state(e).equals(PSQLState.CONNECTION_REJECTED.getState())) {
      return Failure.of(
          Reason.TLS_FAILED,
          errors.target() + " was not connected to: the server does not support TLS.",
          "Enable TLS on the server, or set spec.target.tls.mode to Disable to let the password"
              + " and the data travel as plain text.");
    }
    var why =
        cause(e, SocketTimeoutException.class)
            .map(_ -> "it does not answer within spec.target.connectTimeout")
            .or(() -> cause(e, ConnectException.class).map(_ -> "the connection was refused"))
            .orElseGet(() -> errors.words(e));
    return Failure.of(
        Reason.TARGET_UNREACHABLE,
        errors.target() + " was not reached: " + why + ".",
        Remedies.of(Reason.TARGET_UNREACHABLE));
  }

  /** The server spoke; what it says at this point never is a migration's fault. */
  private static Failure refused(ServerErrors errors, SQLException e) {
    var state = ServerErrors.state(e);
    var reason =
        switch (ServerErrors.reason(state)) {
          case LOGIN_REFUSED -> Reason.LOGIN_REFUSED;
          case DATABASE_NOT_FOUND -> Reason.DATABASE_NOT_FOUND;
          case PERMISSION_DENIED -> Reason.PERMISSION_DENIED;
          default -> Reason.TARGET_UNREACHABLE;
        };
    return Failure.of(
            reason,
            errors.target() + " refused the connection: " + errors.words(e) + ".",
            Remedies.of(reason))
        .withCode(state);
  }

  private static Failure tls(ServerErrors errors, String why) {
    return Failure.of(
        Reason.TLS_FAILED,
        errors.target() + " was not connected to with TLS: " + why + ".",
        "Renew or correct the server's certificate, or correct the CA and the client certificate"
            + " named in spec.target.tls (caSecretName, caConfigMapName,"
            + " clientCertificateSecretName).");
  }

  private static String tlsWords(ServerErrors errors, SQLException e) {
    if (cause(e, CertificateExpiredException.class).isPresent()) {
      return "the server's certificate has expired";
    }
    if (cause(e, CertificateNotYetValidException.class).isPresent()) {
      return "the server's certificate is not valid yet";
    }
    if (cause(e, CertPathBuilderException.class).isPresent()) {
      return "the server's certificate is not signed by the expected CA";
    }
    return cause(e, CertificateException.class)
        .or(() -> cause(e, SSLException.class))
        .map(reason -> String.valueOf(reason.getMessage()))
        .map(errors.masking()::apply)
        .orElse("no reason was given");
  }

  private static Optional<Throwable> cause(Throwable e, Class<? extends Throwable> type) {
    return Stream.iterate(Optional.of(e), Optional::isPresent, ConnectionErrors::next)
        .flatMap(Optional::stream)
        .filter(type::isInstance)
        .reduce((_, last) -> last);
  }

  private static Optional<Throwable> next(Optional<Throwable> e) {
    return e.flatMap(thrown -> Optional.ofNullable(thrown.getCause()));
  }
}
