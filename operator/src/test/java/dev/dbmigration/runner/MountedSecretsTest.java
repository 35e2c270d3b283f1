package dev.dbmigration.runner;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dbmigration.model.Target.SecretKeys;
import dev.dbmigration.report.RunContract;
import dev.dbmigration.support.MountedFolders;
import dev.dbmigration.support.Requests;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class MountedSecretsTest {

  private final MountedFolders folders = MountedFolders.create();

  @Test
  void readsKeysThroughTheKubeletsLinksAndDropsOneLineEnd() throws RunFailedException {
    folders.add(RunContract.TARGET_FOLDER, Map.of("a", "x\n", "b", "y\r\n", "c", "z\n\n", "d", ""));

    assertThat(read().target()).isEqualTo(Map.of("a", "x", "b", "y", "c", "z\n", "d", ""));
  }

  @Test
  void takesASecretThatIsNotMountedAsEmpty() throws RunFailedException {
    assertThat(read()).isEqualTo(new MountedSecrets(Map.of(), Map.of()));
  }

  @Test
  void hidesPasswordsAndPlaceholders() {
    var secrets = new MountedSecrets(Map.of("pw", "plain-pw"), Map.of("state", "tok-1"));
    var none = Optional.<String>empty();
    var keys = new SecretKeys(none, Optional.of("pw"), none, none, none, none);

    assertThat(secrets.masking(keys).apply("plain-pw tok-1 orders-db"))
        .isEqualTo("*** *** orders-db");
  }

  @Test
  void showsNoValueWhenWritten() {
    var secrets = new MountedSecrets(Map.of("password", "plain-pw"), Map.of("token", "tok-1"));

    assertThat(secrets).hasToString("MountedSecrets[[password], [token]]");
  }

  private MountedSecrets read() throws RunFailedException {
    var request = Requests.plain().request();
    return MountedSecrets.read(
        new RunnerSettings(request, folders.root(), true, Duration.ofSeconds(60)));
  }
}
