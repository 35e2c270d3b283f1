package dev.dbmigration.runner;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dbmigration.report.RunContract;
import dev.dbmigration.support.MountedFolders;
import dev.dbmigration.support.Requests;
import java.time.Duration;
import java.util.Map;
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
  void hidesPasswordsWhereverTheSecretHoldsThem() {
    var secrets =
        new MountedSecrets(
            Map.of(
                "password", "plain-pw",
                "uri", "postgresql://app:uri%2Fpw@orders-db:5432/orders",
                "jdbc-uri", "jdbc:postgresql://orders-db/orders?user=app&password=jdbc-pw",
                "pgpass", "orders-db:5432:orders:app:plain-pw"),
            Map.of("token", "tok-1"));

    var masked = secrets.masking().apply("plain-pw uri%2Fpw uri/pw jdbc-pw tok-1 orders-db app");

    assertThat(masked).isEqualTo("*** *** *** *** *** orders-db app");
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
