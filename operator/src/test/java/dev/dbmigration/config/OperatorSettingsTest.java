package dev.dbmigration.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OperatorSettingsTest {

  @Test
  void theDefaultsAreThese() {
    var settings = OperatorSettings.read(Map.of("DBMIGRATION_OPERATOR_RUNNER_IMAGE", "image"));

    assertThat(settings)
        .isEqualTo(
            new OperatorSettings(
                List.of(),
                new OperatorSettings.Runner(
                    "image", "IfNotPresent", Duration.ofSeconds(60), false, List.of(), List.of()),
                20,
                Duration.ofMinutes(5),
                Optional.empty(),
                8080));
  }

  @Test
  void everyVariableReachesItsPlace() {
    var environment =
        Map.ofEntries(
            Map.entry("DBMIGRATION_OPERATOR_WATCH_NAMESPACES", "shop, billing"),
            Map.entry("DBMIGRATION_OPERATOR_RUNNER_IMAGE", "registry.example/runner@sha256:1"),
            Map.entry("DBMIGRATION_OPERATOR_RUNNER_IMAGE_PULL_POLICY", "Always"),
            Map.entry("DBMIGRATION_OPERATOR_RUNNER_GRACE_PERIOD", "90s"),
            Map.entry("DBMIGRATION_OPERATOR_RUNNER_ALLOW_LOOPBACK", "true"),
            Map.entry("DBMIGRATION_OPERATOR_RUNNER_LABELS", "team, example.com/cost"),
            Map.entry("DBMIGRATION_OPERATOR_RUNNER_ANNOTATIONS", "note"),
            Map.entry("DBMIGRATION_OPERATOR_MAX_CONCURRENT_RUNS", "7"),
            Map.entry("DBMIGRATION_OPERATOR_CONFIG_MAP_INTERVAL", "1m"),
            Map.entry("DBMIGRATION_OPERATOR_LEADER_ELECTION", "true"),
            Map.entry("DBMIGRATION_OPERATOR_LEASE_NAME", "lease"),
            Map.entry("DBMIGRATION_OPERATOR_LEASE_NAMESPACE", "system"),
            Map.entry("DBMIGRATION_OPERATOR_LISTEN_PORT", "9090"));

    var settings = OperatorSettings.read(environment);

    assertThat(environment.keySet())
        .containsExactlyInAnyOrderElementsOf(
            Arrays.stream(Setting.values()).map(Setting::variable).toList());
    assertThat(settings)
        .isEqualTo(
            new OperatorSettings(
                List.of("shop", "billing"),
                new OperatorSettings.Runner(
                    "registry.example/runner@sha256:1",
                    "Always",
                    Duration.ofSeconds(90),
                    true,
                    List.of("team", "example.com/cost"),
                    List.of("note")),
                7,
                Duration.ofMinutes(1),
                Optional.of(new OperatorSettings.Lease("system", "lease")),
                9090));
  }

  @Test
  void allProblemsAreReportedAtOnce() {
    var environment =
        Map.of(
            "DBMIGRATION_OPERATOR_MAX_CONCURRENT_RUNS", "0",
            "DBMIGRATION_OPERATOR_CONFIG_MAP_INTERVAL", "soon",
            "DBMIGRATION_OPERATOR_LEADER_ELECTION", "true",
            "DBMIGRATION_OPERATOR_LOG_LEVEL", "debug");

    assertThatThrownBy(() -> OperatorSettings.read(environment))
        .isInstanceOfSatisfying(
            InvalidSettingsException.class,
            e ->
                assertThat(e.problems())
                    .satisfiesExactlyInAnyOrder(
                        p -> assertThat(p).contains("MAX_CONCURRENT_RUNS", "\"0\"", "1 to 1000"),
                        p -> assertThat(p).contains("CONFIG_MAP_INTERVAL", "\"soon\"", "90s"),
                        p -> assertThat(p).contains("LEASE_NAMESPACE", "missing"),
                        p -> assertThat(p).contains("RUNNER_IMAGE", "missing"),
                        p -> assertThat(p).contains("LOG_LEVEL", "is no setting")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"1m30s", "999ms", "61m", "2h", "5", "5 s"})
  void aDurationHasOnePartAndLiesWithinItsBounds(String text) {
    var environment =
        Map.of(
            "DBMIGRATION_OPERATOR_RUNNER_IMAGE",
            "image",
            "DBMIGRATION_OPERATOR_CONFIG_MAP_INTERVAL",
            text);

    assertThatThrownBy(() -> OperatorSettings.read(environment))
        .hasMessageContaining("CONFIG_MAP_INTERVAL is \"" + text + "\"");
  }

  @Test
  void variablesThatKubernetesSetsForAServiceOfOurNameAreNoProblem() {
    var environment =
        Map.of(
            "DBMIGRATION_OPERATOR_RUNNER_IMAGE", "image",
            "DBMIGRATION_OPERATOR_SERVICE_HOST", "10.0.0.1",
            "DBMIGRATION_OPERATOR_SERVICE_PORT_HTTP", "8080",
            "DBMIGRATION_OPERATOR_PORT", "tcp://10.0.0.1:8080",
            "DBMIGRATION_OPERATOR_PORT_8080_TCP_ADDR", "10.0.0.1",
            "DBMIGRATION_OPERATOR_METRICS_PORT", "tcp://10.0.0.2:8080");

    var settings = OperatorSettings.read(environment);

    assertThat(settings.listenPort()).isEqualTo(8080);
  }

  @Test
  void theDocumentationListsEverySettingAsItIs() throws IOException {
    var page = Files.readString(Path.of("..", "docs", "reference", "settings.md"));

    assertThat(page.lines().filter(line -> line.startsWith("| `")))
        .containsExactlyElementsOf(
            Arrays.stream(Setting.values()).map(OperatorSettingsTest::row).toList());
  }

  private static String row(Setting setting) {
    var defaultText = setting.defaultText().isEmpty() ? "—" : "`" + setting.defaultText() + "`";
    return "| `%s` | %s | %s | %s |"
        .formatted(setting.variable(), setting.form(), defaultText, setting.sentence());
  }
}
