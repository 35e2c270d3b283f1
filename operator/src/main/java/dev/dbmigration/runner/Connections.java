package dev.dbmigration.runner;

import dev.dbmigration.model.RunRequest;
import dev.dbmigration.model.Target.Tls;
import dev.dbmigration.report.RunContract;
import dev.dbmigration.runner.dialect.ConnectionSettings;
import java.nio.file.Path;
import java.util.Optional;

/** How a run connects. */
final class Connections {

  private static final int LONGEST_NAME = 63;

  private Connections() {}

  static ConnectionSettings settings(RunnerSettings settings, MountedSecrets secrets) {
    var request = settings.request();
    var tls = request.target().tls();
    return new ConnectionSettings(
        request.target(),
        secrets.target(),
        caFile(tls, settings.root()),
        tls.clientCertificateSecretName()
            .map(_ -> settings.root().resolve(RunContract.CLIENT_CERTIFICATE_FOLDER)),
        applicationName(request),
        settings.allowLoopback(),
        secrets.placeholderMasking());
  }

  private static Optional<Path> caFile(Tls tls, Path root) {
    return tls.caSecretName()
        .or(tls::caConfigMapName)
        .map(_ -> root.resolve(RunContract.CA_FOLDER).resolve("ca.crt"));
  }

  /** Names the run; of names that are too long, the end is kept, where the run's number is. */
  private static String applicationName(RunRequest request) {
    var name = "dbmigration/" + request.runId();
    return name.length() <= LONGEST_NAME ? name : name.substring(name.length() - LONGEST_NAME);
  }
}
