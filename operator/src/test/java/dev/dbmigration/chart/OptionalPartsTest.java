package dev.dbmigration.chart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import org.junit.jupiter.api.Test;

@NeedsHelm
class OptionalPartsTest {

  @Test
  void leavesOutWhatMostClustersDoNotNeed() {
    assertThat(Chart.with().kinds())
        .contains("Deployment", "Service", "ServiceAccount", "ValidatingAdmissionPolicy")
        .doesNotContain("ServiceMonitor", "PodDisruptionBudget", "NetworkPolicy");
  }

  @Test
  void selectsTheOperatorsPodsEverywhere() {
    var rendering =
        Chart.with("podDisruptionBudget.enabled=true", "networkPolicy.enabled=true", "replicas=2");
    var deployment = rendering.the(Deployment.class).getSpec();
    var selector = deployment.getSelector().getMatchLabels();

    assertThat(deployment.getTemplate().getMetadata().getLabels()).containsAllEntriesOf(selector);
    assertThat(rendering.the(Service.class).getSpec().getSelector()).isEqualTo(selector);
    assertThat(rendering.the(PodDisruptionBudget.class).getSpec().getSelector().getMatchLabels())
        .isEqualTo(selector);
    assertThat(rendering.the(NetworkPolicy.class).getSpec().getPodSelector().getMatchLabels())
        .isEqualTo(selector);
  }

  @Test
  void monitorsTheMetricsService() {
    var rendering =
        Chart.with(
            "metrics.serviceMonitor={\"enabled\":true,\"labels\":{\"release\":\"prometheus\"}}");
    var monitor =
        rendering.objects().stream()
            .filter(object -> object.getKind().equals("ServiceMonitor"))
            .map(GenericKubernetesResource.class::cast)
            .findFirst()
            .orElseThrow();

    assertThat(monitor.getMetadata().getLabels()).contains(entry("release", "prometheus"));
    assertThat(monitor.<String>get("spec", "endpoints", 0, "port"))
        .isEqualTo(rendering.the(Service.class).getSpec().getPorts().getFirst().getName());
    assertThat(rendering.the(Service.class).getMetadata().getLabels())
        .containsAllEntriesOf(monitor.get("spec", "selector", "matchLabels"));
  }

  @Test
  void letsTheOperatorReachNamesAndTheApiServerOnly() {
    var policy =
        Chart.with("networkPolicy={\"enabled\":true,\"apiServerPorts\":[6443]}")
            .the(NetworkPolicy.class)
            .getSpec();

    assertThat(policy.getPolicyTypes()).containsExactly("Ingress", "Egress");
    assertThat(policy.getEgress())
        .flatExtracting(rule -> rule.getPorts())
        .extracting(port -> port.getPort())
        .containsExactly(new IntOrString(53), new IntOrString(53), new IntOrString(6443));
  }

  @Test
  void labelsEveryObject() {
    var rendering =
        Chart.with(
            "podDisruptionBudget.enabled=true",
            "networkPolicy.enabled=true",
            "metrics.serviceMonitor={\"enabled\":true}");

    assertThat(rendering.objects())
        .allSatisfy(object ->
            assertThat(object.getMetadata().getLabels())
                .as(HasMetadata.getKind(object.getClass()))
                .contains(
                    entry("app.kubernetes.io/instance", Chart.RELEASE),
                    entry("app.kubernetes.io/managed-by", "Helm")));
  }
}
