package dev.dbmigration.controller.resource;

import dev.dbmigration.api.v1alpha1.TargetSpec;
import dev.dbmigration.model.Engine;
import dev.dbmigration.model.Target;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The target of a specification in the model's words. */
final class TargetReader {

  private TargetReader() {}

  static Target read(TargetSpec spec) {
    if (spec.engine() == null || spec.secretName() == null) {
      throw new InvalidSpecException(
          "spec.target.engine or spec.target.secretName is missing or unknown to this operator");
    }
    return new Target(
        engine(spec.engine()),
        Optional.ofNullable(spec.host()),
        Optional.ofNullable(spec.port()),
        Optional.ofNullable(spec.database()),
        Optional.ofNullable(spec.schema()),
        spec.secretName(),
        secretKeys(spec.secretKeys()),
        tls(spec.tls()),
        DurationField.read(
            "spec.target.connectTimeout", spec.connectTimeout(), Target.DEFAULT_CONNECT_TIMEOUT));
  }

  private static Engine engine(TargetSpec.Engine engine) {
    return switch (engine) {
      case POSTGRESQL -> Engine.POSTGRESQL;
    };
  }

  private static Target.SecretKeys secretKeys(TargetSpec.@Nullable SecretKeys keys) {
    if (keys == null) {
      return Target.SecretKeys.WELL_KNOWN;
    }
    return new Target.SecretKeys(
        Optional.ofNullable(keys.username()),
        Optional.ofNullable(keys.password()),
        Optional.ofNullable(keys.uri()),
        Optional.ofNullable(keys.host()),
        Optional.ofNullable(keys.port()),
        Optional.ofNullable(keys.database()));
  }

  private static Target.Tls tls(TargetSpec.@Nullable Tls tls) {
    if (tls == null) {
      return Target.Tls.UNSPECIFIED;
    }
    if (tls.caSecretName() != null && tls.caConfigMapName() != null) {
      throw new InvalidSpecException(
          "spec.target.tls names two certificate authorities: remove one of caSecretName and"
              + " caConfigMapName");
    }
    return new Target.Tls(
        Optional.ofNullable(tls.mode()).map(TargetReader::mode),
        Optional.ofNullable(tls.caSecretName()),
        Optional.ofNullable(tls.caConfigMapName()),
        Optional.ofNullable(tls.clientCertificateSecretName()));
  }

  private static Target.TlsMode mode(TargetSpec.TlsMode mode) {
    return switch (mode) {
      case VERIFY_FULL -> Target.TlsMode.VERIFY_FULL;
      case REQUIRE -> Target.TlsMode.REQUIRE;
      case DISABLE -> Target.TlsMode.DISABLE;
    };
  }
}
