package dev.dbmigration.report;

import dev.dbmigration.model.Engine;
import dev.dbmigration.model.Target;
import dev.dbmigration.model.Target.SecretKeys;
import dev.dbmigration.model.Target.Tls;
import dev.dbmigration.model.Target.TlsMode;
import java.time.Duration;

/** A target as JSON. */
final class TargetForm {

  private TargetForm() {}

  static JsonObject write(Target target) {
    return JsonObject.empty()
        .with("engine", target.engine().name())
        .withText("host", target.host())
        .withNumber("port", target.port())
        .withText("database", target.database())
        .withText("schema", target.schema())
        .with("secretName", target.secretName())
        .with("secretKeys", secretKeys(target.secretKeys()))
        .with("tls", tls(target.tls()))
        .with("connectTimeout", target.connectTimeout().toString());
  }

  static Target read(JsonObject json) {
    return new Target(
        Engine.valueOf(json.text("engine")),
        json.optionalText("host"),
        json.optionalNumber("port").map(Math::toIntExact),
        json.optionalText("database"),
        json.optionalText("schema"),
        json.text("secretName"),
        secretKeys(json.object("secretKeys")),
        tls(json.object("tls")),
        Duration.parse(json.text("connectTimeout")));
  }

  private static JsonObject secretKeys(SecretKeys keys) {
    return JsonObject.empty()
        .withText("username", keys.username())
        .withText("password", keys.password())
        .withText("uri", keys.uri())
        .withText("host", keys.host())
        .withText("port", keys.port())
        .withText("database", keys.database());
  }

  private static SecretKeys secretKeys(JsonObject json) {
    return new SecretKeys(
        json.optionalText("username"),
        json.optionalText("password"),
        json.optionalText("uri"),
        json.optionalText("host"),
        json.optionalText("port"),
        json.optionalText("database"));
  }

  private static JsonObject tls(Tls tls) {
    return JsonObject.empty()
        .withText("mode", tls.mode().map(TlsMode::name))
        .withText("caSecretName", tls.caSecretName())
        .withText("caConfigMapName", tls.caConfigMapName())
        .withText("clientCertificateSecretName", tls.clientCertificateSecretName());
  }

  private static Tls tls(JsonObject json) {
    return new Tls(
        json.optionalText("mode").map(TlsMode::valueOf),
        json.optionalText("caSecretName"),
        json.optionalText("caConfigMapName"),
        json.optionalText("clientCertificateSecretName"));
  }
}
