package dev.dbmigration.api.v1alpha1;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class DatabaseMigrationTest {

  private static final Path EVERYTHING =
      Path.of("src/test/resources/CustomResourceValidationE2E/valid-everything.yaml");

  @Test
  void isReadAndWrittenWithoutLoss() throws IOException {
    var resource = read(Files.readString(EVERYTHING));

    var again = read(Serialization.asYaml(resource));

    assertThat(again.getSpec()).isEqualTo(resource.getSpec());
    assertThat(resource.getSpec().target().tls().mode()).isEqualTo(TargetSpec.TlsMode.VERIFY_FULL);
    assertThat(resource.getSpec().job().resources().limits().cpu().getAmount()).isEqualTo("1");
  }

  @Test
  void ignoresFieldsOfANewerVersion() {
    var resource =
        read(
            """
            spec:
              target: {engine: postgresql, secretName: a, news: 1}
              source: {configMaps: [{name: a, news: 1}], news: {}}
              news: [1]
            status: {observedGeneration: 2, news: 1, lastRun: {job: a-1, run: 1, news: 1}}
            """);

    assertThat(resource.getSpec().source().configMaps()).hasSize(1);
    assertThat(resource.getStatus().lastRun().run()).isEqualTo(1);
  }

  @Test
  void toleratesWhatYamlLeavesEmpty() {
    var resource =
        read(
            """
            spec:
              target: {engine: postgresql, secretName: a}
              source: {inline: {V1__a.sql: null, V2__b.sql: SELECT 1}, configMaps: [null]}
              job: {labels: null, tolerations: null}
            """);

    assertThat(resource.getSpec().source().inline()).containsOnlyKeys("V2__b.sql");
    assertThat(resource.getSpec().source().configMaps()).isEmpty();
    assertThat(resource.getSpec().job().labels()).isEmpty();
  }

  @Test
  void writesTimesAsTextAndLeavesOutWhatIsAbsent() {
    var at = Instant.parse("2026-01-02T03:04:05Z");
    var applied = new AppliedMigration("1", "a", null, "Applied", at, 7L);

    assertThat(Serialization.asJson(List.of(applied)))
        .isEqualToIgnoringWhitespace(
            """
            [{"version":"1","description":"a","state":"Applied",
            "appliedAt":"2026-01-02T03:04:05Z","durationMillis":7}]
            """);
  }

  private static DatabaseMigration read(String yaml) {
    return Serialization.unmarshal(yaml, DatabaseMigration.class);
  }
}
