package dev.dbmigration.runner.dialect.postgresql.connection;

import dev.dbmigration.model.Failure;
import dev.dbmigration.model.Reason;
import dev.dbmigration.model.Target;
import dev.dbmigration.runner.dialect.ConnectionSettings;
import dev.dbmigration.runner.dialect.TargetException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.Optional;

/**
 * How a connection is protected, and the files that it takes.
 *
 * @param mode what is demanded
 * @param ca certificates that the server's must be signed by; absent means the platform's
 * @param client folder with {@code tls.crt} and {@code tls.key}
 */
record TlsFiles(Target.TlsMode mode, Optional<Path> ca, Optional<Path> client) {

  static final String CERTIFICATE = "tls.crt";
  static final String KEY = "tls.key";

  /**
   * Checks that the files are there and hold what they must.
   *
   * @param verified whether the Secret's URI demands a check, which counts where the specification
   *     names no mode
   * @throws TargetException naming the Secret or ConfigMap, and no content
   */
  static TlsFiles check(ConnectionSettings settings, boolean verified) throws TargetException {
    var tls = settings.target().tls();
    var mode = verified && tls.mode().isEmpty() ? Target.TlsMode.VERIFY_FULL : tls.effectiveMode();
    if (mode == Target.TlsMode.DISABLE) {
      return new TlsFiles(mode, Optional.empty(), Optional.empty());
    }
    if (settings.caFile().isPresent()) {
      checkCa(tls, settings.caFile().get());
    }
    if (settings.clientCertificate().isPresent()) {
      checkClient(tls.clientCertificateSecretName().orElse(""), settings.clientCertificate().get());
    }
    return new TlsFiles(mode, settings.caFile(), settings.clientCertificate());
  }

  private static void checkCa(Target.Tls tls, Path file) throws TargetException {
    boolean isSecret = tls.caSecretName().isPresent();
    var owner =
        (isSecret ? "Secret " : "ConfigMap ")
            + tls.caSecretName().or(tls::caConfigMapName).orElse("");
    if (!Files.isReadable(file)) {
      throw absent(
          isSecret ? Reason.SECRET_NOT_FOUND : Reason.CONFIG_MAP_NOT_FOUND,
          owner,
          String.valueOf(file.getFileName()),
          "spec.target.tls." + (isSecret ? "caSecretName" : "caConfigMapName"));
    }
    try {
      CertificateFiles.certificates(file);
    } catch (IOException | GeneralSecurityException e) {
      throw unusable(owner, String.valueOf(file.getFileName()), e);
    }
  }

  private static void checkClient(String secretName, Path folder) throws TargetException {
    var owner = "Secret " + secretName;
    for (var name : new String[] {CERTIFICATE, KEY}) {
      if (!Files.isReadable(folder.resolve(name))) {
        var field = "spec.target.tls.clientCertificateSecretName";
        throw absent(Reason.SECRET_NOT_FOUND, owner, name, field);
      }
    }
    var key = CERTIFICATE;
    try {
      var certificate = CertificateFiles.certificates(folder.resolve(CERTIFICATE)).getFirst();
      key = KEY;
      CertificateFiles.privateKey(folder.resolve(KEY), certificate);
    } catch (IOException | GeneralSecurityException e) {
      throw unusable(owner, key, e);
    }
  }

  private static TargetException absent(Reason reason, String owner, String key, String field) {
    return new TargetException(
        Failure.of(
            reason,
            "The " + owner + " does not exist or has no key " + key + ".",
            "Create it in the namespace of the resource, or correct " + field + "."));
  }

  /** The parser's words are kept out: they can repeat content. */
  private static TargetException unusable(String owner, String key, Exception cause) {
    var why = cause instanceof java.security.InvalidKeyException ? ": " + cause.getMessage() : "";
    return new TargetException(
        Failure.of(
            Reason.SECRET_INVALID,
            "The key " + key + " of the " + owner + " cannot be used" + why + ".",
            "Put a certificate or an unencrypted private key in PEM there, the two belonging"
                + " together."),
        cause);
  }
}
