package dev.dbmigration.chart;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

@NeedsHelm
class ValuesTest {

  private static final Pattern KEY = Pattern.compile("(?<indent> *)(?<name>\\w+): ?(?<value>.*)");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          wach.namespaces=["a"]               | wach
          watch.namespace=["a"]               | namespace
          watch.namespaces="a"                | namespaces
          watch.namespaces=["Not_A_Name"]     | namespaces
          watch.namespaces=["a","a"]          | namespaces
          replicas="two"                      | replicas
          replicas=-1                         | replicas
          image.digest="sha256:abc"           | digest
          image.tag="not a tag"               | tag
          image.pullPolicy="Sometimes"        | pullPolicy
          runner.image.repositry="x"          | repositry
          runner.gracePeriod="a minute"       | gracePeriod
          maxConcurrentRuns=0                 | maxConcurrentRuns
          configMapInterval=5                 | configMapInterval
          crds.keep="yes"                     | keep
          admissionPolicy.enabled="false"     | enabled
          resources.limit={"memory":"1Gi"}    | limit
          extraEnv=[{"nam":"A"}]              | nam
          probes.readiness={"httpGet":{}}     | httpGet
          networkPolicy.apiServerPorts=[0]    | apiServerPorts
          metrics.serviceMonitor.interval="1" | interval
          """)
  void refusesWhatIsNoValueAndNamesIt(String value, String named) {
    var refusal = Chart.refusalOf(value);

    assertThat(refusal).contains("values don't meet the specifications").contains(named);
  }

  @Test
  void refusesReplicasThatWouldAllWork() {
    var refusal = Chart.refusalOf("replicas=2", "leaderElection.enabled=false");

    assertThat(refusal)
        .contains("replicas: 2 needs leaderElection.enabled: true, otherwise every Pod would work");
  }

  @Test
  void hasADefaultForEveryValueOfTheSchema() throws IOException {
    var schema = new ObjectMapper().readTree(Chart.folder().resolve("values.schema.json").toFile());
    var defaults =
        new KubernetesSerialization()
            .unmarshal(Files.readString(Chart.folder().resolve("values.yaml")), JsonNode.class);

    assertThat(withoutDefault(schema, defaults)).containsExactly("global");
  }

  private static List<String> withoutDefault(JsonNode schema, JsonNode defaults) {
    return schema.path("properties").properties().stream()
        .flatMap(property ->
            defaults.has(property.getKey())
                ? withoutDefault(property.getValue(), defaults.get(property.getKey())).stream()
                    .map(inner -> property.getKey() + "." + inner)
                : Stream.of(property.getKey()))
        .filter(path -> !path.startsWith("strategy."))
        .toList();
  }

  @Test
  void letsNoObjectOfTheSchemaTakeUnknownKeys() throws IOException {
    var schema = new ObjectMapper().readTree(Chart.folder().resolve("values.schema.json").toFile());

    assertThat(objectsIn(schema))
        .hasSizeGreaterThan(10)
        .allSatisfy(
            object -> assertThat(object.path("additionalProperties").asBoolean(true)).isFalse());
  }

  private static Stream<JsonNode> objectsIn(JsonNode schema) {
    var inside =
        schema.properties().stream().map(Map.Entry::getValue).flatMap(ValuesTest::objectsIn);
    return schema.has("properties") ? Stream.concat(Stream.of(schema), inside) : inside;
  }

  static Stream<Helm> helms() {
    return Helm.installed().stream();
  }

  @ParameterizedTest
  @MethodSource("helms")
  void passesHelmsOwnReview(Helm helm) {
    var result = helm.run(List.of("lint", "--strict", Chart.folder().toString()));

    assertThat(result.exitCode()).as(result.output() + result.errors()).isZero();
  }

  @ParameterizedTest
  @MethodSource("helms")
  void rendersTheSameObjectsWithEveryHelm(Helm helm) {
    var values = "podDisruptionBudget.enabled=true";

    var rendering = Rendering.of(Chart.render(helm, values));

    assertThat(rendering.objects())
        .containsExactlyInAnyOrderElementsOf(Chart.with(values).objects());
  }

  @Test
  void explainsEveryValueOrTheGroupThatItIsIn() throws IOException {
    var lines = Files.readAllLines(Chart.folder().resolve("values.yaml"));

    assertThat(unexplained(lines)).isEmpty();
  }

  /** Keys with a value, above which no sentence stands, nor above a key that encloses them. */
  private static List<String> unexplained(List<String> lines) {
    var missing = new ArrayList<String>();
    var explained = new ArrayDeque<Integer>();
    for (int i = 0; i < lines.size(); i++) {
      var key = KEY.matcher(lines.get(i));
      if (!key.matches()) {
        continue;
      }
      int indent = key.group("indent").length();
      explained.removeIf(enclosing -> enclosing >= indent);
      if (hasSentence(lines.subList(0, i))) {
        explained.push(indent);
      } else if (explained.isEmpty() && !key.group("value").isEmpty()) {
        missing.add("line %d: %s".formatted(i + 1, key.group("name")));
      }
    }
    return missing;
  }

  private static boolean hasSentence(List<String> above) {
    return above.reversed().stream()
        .map(String::strip)
        .takeWhile(line -> line.startsWith("#"))
        .anyMatch(line -> line.matches("# -- .*\\w.*"));
  }
}
