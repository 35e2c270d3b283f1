package dev.dbmigration.runner;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dbmigration.model.Checksum;
import dev.dbmigration.model.Failure;
import dev.dbmigration.model.Reason;
import dev.dbmigration.model.Source;
import dev.dbmigration.report.InlineFiles;
import dev.dbmigration.support.RunnerPod;
import dev.dbmigration.support.TestDatabase;
import dev.dbmigration.support.TestServer;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** The runner as a process, and sources that are not as they should be. */
class RunnerSourceIT {

  private final TestDatabase database = TestServer.shared().database();
  private final RunnerPod pod =
      RunnerPod.of(database).with("V1__a.sql", "CREATE TABLE a (id int);");

  @Test
  void pointsAtAnUnterminatedString() {
    var failure = refused(pod.with("V2__b.sql", "SELECT 1;\nSELECT\n  'open;\n"));

    assertThat(failure.reason()).isEqualTo(Reason.FILE_UNREADABLE);
    assertThat(failure.position().orElseThrow()).hasToString("V2__b.sql:3:3");
  }

  @Test
  void namesAnEmptyFile() {
    var failure = refused(pod.with("V2__b.sql", ""));

    assertThat(failure.reason()).isEqualTo(Reason.FILE_UNREADABLE);
    assertThat(failure.file()).contains("V2__b.sql");
  }

  @Test
  void pointsAtWhatIsNoText() {
    var failure = refused(pod.with("V2__b.sql", new byte[] {'S', (byte) 0xFE, 0, 1, (byte) 0x80}));

    assertThat(failure.reason()).isEqualTo(Reason.FILE_UNREADABLE);
    assertThat(failure.position().orElseThrow()).hasToString("V2__b.sql:1:2");
  }

  @Test
  void namesTwoFilesWithOneVersion() {
    var failure = refused(pod.with("V1.0__other.sql", "CREATE TABLE b ();"));

    assertThat(failure.reason()).isEqualTo(Reason.VERSION_DUPLICATE);
    assertThat(failure.message()).contains("V1__a.sql", "V1.0__other.sql");
  }

  @Test
  void namesAFileThatFitsNoConvention() {
    var failure = refused(pod.with("create_b.sql", "CREATE TABLE b ();"));

    assertThat(failure.reason()).isEqualTo(Reason.FILE_NAME_INVALID);
    assertThat(failure.file()).contains("create_b.sql");
    assertThat(failure.remedy()).contains("V2.1__add_index.sql");
  }

  @Test
  void saysThatTheSourceHoldsNoMigration() {
    var failure = refused(pod.without("V1__a.sql").with("README.md", "Hello"));

    assertThat(failure.reason()).isEqualTo(Reason.SOURCE_EMPTY);
  }

  @Test
  void namesTheConfigMapThatIsMissing() {
    var failure = refused(pod.without("V1__a.sql"));

    assertThat(failure.reason()).isEqualTo(Reason.CONFIG_MAP_NOT_FOUND);
    assertThat(failure.message()).contains("orders");
  }

  @Test
  void executesNothingOfContentThatTheOperatorDidNotSee() {
    pod.asking(asked -> asked.seeing(Map.of("V1__a.sql", "CREATE TABLE a (id bigint);")));

    var failure = refused(pod.with("V2__b.sql", "SELECT 'never ended"));

    assertThat(failure.reason()).isEqualTo(Reason.SOURCE_CHANGED);
    assertThat(failure.message()).contains("other content of ConfigMap orders than the operator");
    assertThat(failure.remedy()).contains("another run follows by itself");
  }

  @Test
  void executesTheContentThatTheOperatorSaw() {
    pod.asking(asked -> asked.seeing(Map.of("V1__a.sql", "CREATE TABLE a (id int);")));

    assertThat(pod.run().appliedNow()).isEqualTo(1);
  }

  @Test
  void pointsAtAPlaceholderWithoutAValue() {
    var failure = refused(pod.with("V2__b.sql", "SELECT '${tenant}',\n '${region}';"));

    assertThat(failure.reason()).isEqualTo(Reason.PLACEHOLDER_MISSING);
    assertThat(failure.message()).contains("${region}");
    assertThat(failure.position().orElseThrow()).hasToString("V2__b.sql:2:3");
  }

  @Test
  void pointsAtTransactionControl() {
    var failure = refused(pod.with("V2__b.sql", "CREATE TABLE b ();\nCOMMIT;\nSELECT 1;"));

    assertThat(failure.reason()).isEqualTo(Reason.TRANSACTION_CONTROL_IN_FILE);
    assertThat(failure.position().orElseThrow()).hasToString("V2__b.sql:2:1");
  }

  @Test
  void reportsSeveralFindingsAtOnce() {
    var failure =
        refused(pod.with("V2__b.sql", "SELECT '").with("V3__c.sql", "SELECT '${region}';"));

    assertThat(failure.message()).contains("V2__b.sql:1:8", "V3__c.sql:1:9");
  }

  @Test
  void copesWithALargeSource() {
    var row = "INSERT INTO a VALUES (1); -- " + "x".repeat(970) + "\n";
    pod.with("V2__rows.sql", row.repeat(900 * 1024 / row.length()));

    assertThat(pod.run().appliedNow()).isEqualTo(2);
    assertThat(database.query("SELECT count(*) > 900 FROM a")).isEqualTo("t");
  }

  @Test
  void readsInlineFilesAndChecksThatTheyAreThoseOfTheRequest() {
    var files = new TreeMap<>(Map.of("V1__inline.sql", "CREATE TABLE inline_table ();"));
    var packed = InlineFiles.pack(files);
    var source = new Source.Inline(new TreeMap<>());
    pod.mount("inline", Map.of("files", packed));

    pod.asking(asked -> asked.inline(source, Checksum.ofText("something else")));
    var refused = pod.run();
    pod.asking(asked -> asked.inline(source, Checksum.ofText(packed)));
    var applied = pod.run();

    assertThat(refused.exitCode()).isEqualTo(70);
    assertThat(refused.failure().message()).contains("inline files", "checksum");
    assertThat(applied.appliedNow()).isEqualTo(1);
    assertThat(database.hasTable("inline_table")).isTrue();
  }

  /** Nothing may have been executed. */
  private Failure refused(RunnerPod broken) {
    var runner = broken.run();
    var failure = runner.failure();

    assertThat(runner.exitCode()).isEqualTo(failure.reason().exitCode().number());
    assertThat(failure.remedy()).isNotBlank();
    assertThat(database.hasTable("a")).isFalse();
    assertThat(database.hasTable("dbmigration_history")).isFalse();
    return failure;
  }
}
