package dev.dbmigration.runner;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dbmigration.report.RunContract;
import dev.dbmigration.support.MountedFolders;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MountedSecretsTest {

  @Test
  void readsKeysThroughTheKubeletsLinksAndDropsOneLineEnd() throws IOException {
    var folders = MountedFolders.create();
    folders.add(RunContract.TARGET_FOLDER, Map.of("a", "x\n", "b", "y\r\n", "c", "z\n\n", "d", ""));

    var values = MountedFolder.read(folders.root().resolve(RunContract.TARGET_FOLDER));

    assertThat(values).isEqualTo(Map.of("a", "x", "b", "y", "c", "z\n", "d", ""));
  }

  @Test
  void takesASecretThatIsNotMountedAsEmpty() throws IOException {
    var root = MountedFolders.create().root();

    assertThat(MountedFolder.read(root.resolve("nothing"))).isEmpty();
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
}
