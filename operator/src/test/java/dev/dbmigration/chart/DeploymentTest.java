package dev.dbmigration.chart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import dev.dbmigration.config.OperatorSettings;
import dev.dbmigration.config.Setting;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@NeedsHelm
class DeploymentTest {

  private static final String DIGEST = "sha256:" + "0123456789abcdef".repeat(4);

  @Test
  void runsUnderRestrictedPodSecurity() {
    var pod = pod();
    var container = operator();

    assertThat(pod.getSecurityContext().getRunAsNonRoot()).isTrue();
    assertThat(pod.getSecurityContext().getRunAsUser()).isEqualTo(65532);
    assertThat(pod.getSecurityContext().getSeccompProfile().getType()).isEqualTo("RuntimeDefault");
    assertThat(container.getSecurityContext().getAllowPrivilegeEscalation()).isFalse();
    assertThat(container.getSecurityContext().getReadOnlyRootFilesystem()).isTrue();
    assertThat(container.getSecurityContext().getCapabilities().getDrop()).containsExactly("ALL");
    assertThat(pod.getVolumes()).allSatisfy(volume -> assertThat(volume.getEmptyDir()).isNotNull());
  }

  @Test
  void reservesAndLimitsMemory() {
    var resources = operator().getResources();

    assertThat(resources.getRequests())
        .contains(entry("memory", new Quantity("128Mi")), entry("cpu", new Quantity("50m")));
    assertThat(resources.getLimits()).containsOnly(entry("memory", new Quantity("256Mi")));
  }

  @Test
  void isProbedForStartReadinessAndLife() {
    var container = operator();

    assertThat(container.getStartupProbe().getHttpGet().getPath()).isEqualTo("/healthz");
    assertThat(container.getReadinessProbe().getHttpGet().getPath()).isEqualTo("/readyz");
    assertThat(container.getLivenessProbe().getHttpGet().getPath()).isEqualTo("/healthz");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {}                                              | dbmigration-operator:0.1.0
          {"tag":"v2"}                                    | dbmigration-operator:v2
          {"registry":"r.example:5000","repository":"a/b"}| r.example:5000/a/b:0.1.0
          {"tag":"v2","digest":"DIGEST"}                  | dbmigration-operator@DIGEST
          """)
  void namesTheImageByDigestRatherThanByTag(String image, String reference) {
    var rendering = Chart.with("image=" + image.replace("DIGEST", DIGEST));

    assertThat(operator(rendering).getImage()).isEqualTo(reference.replace("DIGEST", DIGEST));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {"tag":"v2"}                  | {}                      | dbmigration-operator:v2
          {"registry":"r","digest":"D"} | {}                      | r/dbmigration-operator@D
          {"registry":"r","digest":"D"} | {"tag":"v1"}            | r/dbmigration-operator:v1
          {"registry":"r","tag":"v2"}   | {"repository":"runner"} | r/runner:0.1.0
          {"tag":"v2"}                  | {"digest":"D"}          | dbmigration-operator@D
          """)
  void runsTheOperatorsImageInJobsUnlessAnotherIsNamed(String image, String runner, String used) {
    var rendering =
        Chart.with(
            "image=" + image.replace("\"D\"", '"' + DIGEST + '"'),
            "runner.image=" + runner.replace("\"D\"", '"' + DIGEST + '"'));

    assertThat(variable(rendering, "RUNNER_IMAGE")).hasValue(used.replace("@D", "@" + DIGEST));
  }

  @Test
  void handsTheValuesToTheOperator() {
    var rendering =
        Chart.with(
            "watch.namespaces=[\"a\",\"b\"]",
            "maxConcurrentRuns=7",
            "configMapInterval=\"90s\"",
            "runner.allowedLabels=[\"team\",\"example.com/cost\"]",
            "runner.allowedAnnotations=[\"note\"]");

    assertThat(variable(rendering, "WATCH_NAMESPACES")).hasValue("a,b");
    assertThat(variable(rendering, "RUNNER_LABELS")).hasValue("team,example.com/cost");
    assertThat(variable(rendering, "RUNNER_ANNOTATIONS")).hasValue("note");
    assertThat(variable(rendering, "MAX_CONCURRENT_RUNS")).hasValue("7");
    assertThat(variable(rendering, "CONFIG_MAP_INTERVAL")).hasValue("90s");
    assertThat(variable(rendering, "LEADER_ELECTION")).hasValue("true");
    assertThat(variable(rendering, "LEASE_NAME")).hasValue(Chart.NAME);
  }

  @Test
  void setsNothingThatIsNoSetting() {
    var settings = Stream.of(Setting.values()).map(Setting::variable).toList();

    assertThat(operator().getEnv())
        .extracting(EnvVar::getName)
        .isSubsetOf(settings)
        .containsAll(settings.stream().filter(name -> !name.endsWith("ALLOW_LOOPBACK")).toList());
  }

  @Test
  void startsTheOperatorWithSettingsThatItAccepts() {
    var environment =
        operator(Chart.with("watch.namespaces=[\"a\",\"b\"]")).getEnv().stream()
            .collect(
                Collectors.toMap(
                    EnvVar::getName,
                    variable -> Objects.requireNonNullElse(variable.getValue(), Chart.NAMESPACE)));

    var settings = OperatorSettings.read(environment);

    assertThat(settings.watchNamespaces()).containsExactly("a", "b");
    assertThat(settings.lease()).contains(new OperatorSettings.Lease(Chart.NAMESPACE, Chart.NAME));
  }

  @Test
  void replacesAnOperatorWithoutLeaderElectionOnlyAfterItsEnd() {
    var alone = Chart.with("leaderElection.enabled=false").the(Deployment.class);
    var led = Chart.with("replicas=2").the(Deployment.class);

    assertThat(alone.getSpec().getStrategy().getType()).isEqualTo("Recreate");
    assertThat(led.getSpec().getStrategy().getType()).isEqualTo("RollingUpdate");
    assertThat(led.getSpec().getReplicas()).isEqualTo(2);
  }

  @Test
  void goesWhereTheValuesSay() {
    var pod =
        pod(
            Chart.with(
                "nodeSelector={\"disk\":\"ssd\"}",
                "tolerations=[{\"operator\":\"Exists\"}]",
                "topologySpreadConstraints=[{\"maxSkew\":1,\"topologyKey\":\"zone\","
                    + "\"whenUnsatisfiable\":\"DoNotSchedule\"}]",
                "affinity={\"podAntiAffinity\":{}}",
                "imagePullSecrets=[{\"name\":\"pull\"}]",
                "priorityClassName=\"high\""));

    assertThat(pod.getNodeSelector()).containsOnly(entry("disk", "ssd"));
    assertThat(pod.getTolerations()).hasSize(1);
    assertThat(pod.getTopologySpreadConstraints()).hasSize(1);
    assertThat(pod.getAffinity().getPodAntiAffinity()).isNotNull();
    assertThat(pod.getImagePullSecrets().getFirst().getName()).isEqualTo("pull");
    assertThat(pod.getPriorityClassName()).isEqualTo("high");
  }

  @Test
  void addsVariablesLabelsAndAnnotations() {
    var rendering =
        Chart.with(
            "extraEnv=[{\"name\":\"JDK_JAVA_OPTIONS\",\"value\":\"-Xlog:gc\"}]",
            "podLabels={\"team\":\"db\"}",
            "podAnnotations={\"note\":\"x\"}");
    var metadata = rendering.the(Deployment.class).getSpec().getTemplate().getMetadata();

    assertThat(operator(rendering).getEnv())
        .extracting(EnvVar::getName)
        .contains("JDK_JAVA_OPTIONS");
    assertThat(metadata.getLabels()).contains(entry("team", "db"));
    assertThat(metadata.getAnnotations()).contains(entry("note", "x"));
  }

  @Test
  void usesAnAccountThatExistsWhenNoneIsMade() {
    var rendering = Chart.with("serviceAccount={\"create\":false,\"name\":\"mine\"}", "replicas=1");

    assertThat(rendering.kinds()).doesNotContain("ServiceAccount");
    assertThat(pod(rendering).getServiceAccountName()).isEqualTo("mine");
  }

  private static PodSpec pod() {
    return pod(Chart.with());
  }

  private static PodSpec pod(Rendering rendering) {
    return rendering.the(Deployment.class).getSpec().getTemplate().getSpec();
  }

  private static Container operator() {
    return operator(Chart.with());
  }

  private static Container operator(Rendering rendering) {
    return pod(rendering).getContainers().getFirst();
  }

  private static Optional<String> variable(Rendering rendering, String setting) {
    return operator(rendering).getEnv().stream()
        .filter(variable -> variable.getName().equals("DBMIGRATION_OPERATOR_" + setting))
        .map(EnvVar::getValue)
        .filter(Objects::nonNull)
        .findFirst();
  }
}
