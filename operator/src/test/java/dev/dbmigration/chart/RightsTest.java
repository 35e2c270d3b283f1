package dev.dbmigration.chart;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dbmigration.config.Setting;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.rbac.ClusterRole;
import io.fabric8.kubernetes.api.model.rbac.ClusterRoleBinding;
import io.fabric8.kubernetes.api.model.rbac.PolicyRule;
import io.fabric8.kubernetes.api.model.rbac.Role;
import io.fabric8.kubernetes.api.model.rbac.RoleBinding;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@NeedsHelm
class RightsTest {

  private static final String TWO_NAMESPACES = "watch.namespaces=[\"team-a\",\"team-b\"]";
  private static final List<String> RIGHTS =
      List.of(
          "dbmigration.dev databasemigrations get list watch patch",
          "dbmigration.dev databasemigrations/status update",
          "batch jobs get list watch create patch delete",
          " pods get list watch",
          " pods/log get",
          " configmaps get list watch",
          "events.k8s.io events create patch");

  @Test
  void watchesAllNamespacesThroughOneClusterRole() {
    var rendering = Chart.with("rbac.aggregateRoles=false");

    assertThat(rights(rendering.the(ClusterRole.class).getRules()))
        .containsExactlyInAnyOrderElementsOf(RIGHTS);
    assertThat(rendering.the(ClusterRoleBinding.class).getRoleRef().getName())
        .isEqualTo(rendering.the(ClusterRole.class).getMetadata().getName());
  }

  @Test
  void watchesNamedNamespacesThroughRolesAlone() {
    var rendering = Chart.with(TWO_NAMESPACES);

    assertThat(rendering.kinds()).doesNotContain("ClusterRole", "ClusterRoleBinding");
    assertThat(rendering.all(Role.class).stream().filter(role -> !isForTheLease(role)))
        .hasSize(2)
        .allSatisfy(
            role -> assertThat(rights(role.getRules())).containsExactlyInAnyOrderElementsOf(RIGHTS))
        .extracting(role -> role.getMetadata().getNamespace())
        .containsExactly("team-a", "team-b");
  }

  @ParameterizedTest
  @ValueSource(strings = {"watch.namespaces=[]", TWO_NAMESPACES})
  void bindsEveryRoleToTheOperatorsAccountOnly(String namespaces) {
    var rendering = Chart.with(namespaces);

    assertThat(rendering.all(RoleBinding.class))
        .hasSameSizeAs(rendering.all(Role.class))
        .allSatisfy(binding -> {
          assertThat(binding.getSubjects()).hasSize(1);
          assertThat(binding.getSubjects().getFirst().getKind()).isEqualTo("ServiceAccount");
          assertThat(binding.getSubjects().getFirst().getName()).isEqualTo(Chart.NAME);
          assertThat(binding.getSubjects().getFirst().getNamespace()).isEqualTo(Chart.NAMESPACE);
        });
  }

  @ParameterizedTest
  @ValueSource(strings = {"watch.namespaces=[]", TWO_NAMESPACES})
  void grantsNothingOnSecretsAndNothingByWildcard(String namespaces) {
    var rendering = Chart.with(namespaces);

    assertThat(allRules(rendering))
        .isNotEmpty()
        .allSatisfy(rule -> {
          assertThat(rule.getResources()).doesNotContain("secrets").isNotEmpty();
          assertThat(rule.getApiGroups()).doesNotContain("*");
          assertThat(rule.getResources()).noneMatch(resource -> resource.contains("*"));
          assertThat(rule.getVerbs()).doesNotContain("*", "escalate", "bind", "impersonate");
        });
  }

  @Test
  void keepsTheLeaseInTheReleasesNamespace() {
    var lease = Chart.with().the(Role.class);

    assertThat(lease.getMetadata().getNamespace()).isEqualTo(Chart.NAMESPACE);
    assertThat(rights(lease.getRules()))
        .containsExactly(
            "coordination.k8s.io leases get update patch", "coordination.k8s.io leases create");
  }

  @Test
  void touchesNoLeaseButItsOwn() {
    var rendering = Chart.with();

    assertThat(rendering.the(Role.class).getRules())
        .filteredOn(rule -> !rule.getVerbs().equals(List.of("create")))
        .singleElement()
        .satisfies(rule -> assertThat(rule.getResourceNames()).containsExactly(leaseOf(rendering)));
  }

  @Test
  void needsNoLeaseWithoutLeaderElection() {
    assertThat(Chart.with("leaderElection.enabled=false").all(Role.class)).isEmpty();
  }

  @Test
  void letsTheClustersViewersSeeAndItsEditorsWrite() {
    var roles =
        Chart.with().all(ClusterRole.class).stream()
            .filter(role -> !role.getMetadata().getName().equals(Chart.NAME + ".ops"))
            .toList();

    assertThat(roles).hasSize(2);
    assertThat(aggregatedTo("view", roles))
        .containsExactly(
            "dbmigration.dev databasemigrations,databasemigrations/status get list watch");
    assertThat(aggregatedTo("edit", roles))
        .contains("dbmigration.dev databasemigrations create update patch delete deletecollection");
    assertThat(aggregatedTo("admin", roles)).isEqualTo(aggregatedTo("edit", roles));
  }

  @Test
  void makesNoRoleWhenToldSo() {
    assertThat(Chart.with("rbac.create=false").kinds())
        .doesNotContain("Role", "RoleBinding", "ClusterRole", "ClusterRoleBinding");
  }

  private static List<String> aggregatedTo(String target, List<ClusterRole> roles) {
    return roles.stream()
        .filter(role ->
            "true"
                .equals(
                    role.getMetadata()
                        .getLabels()
                        .get("rbac.authorization.k8s.io/aggregate-to-" + target)))
        .flatMap(role -> rights(role.getRules()).stream())
        .toList();
  }

  /** As the operator is told. */
  private static String leaseOf(Rendering rendering) {
    return rendering
        .the(Deployment.class)
        .getSpec()
        .getTemplate()
        .getSpec()
        .getContainers()
        .getFirst()
        .getEnv()
        .stream()
        .filter(variable -> variable.getName().equals(Setting.LEASE_NAME.variable()))
        .map(EnvVar::getValue)
        .findFirst()
        .orElseThrow();
  }

  private static boolean isForTheLease(Role role) {
    return role.getMetadata().getName().endsWith("-lease");
  }

  private static Stream<PolicyRule> allRules(Rendering rendering) {
    return Stream.concat(
        rendering.all(Role.class).stream().flatMap(role -> role.getRules().stream()),
        rendering.all(ClusterRole.class).stream().flatMap(role -> role.getRules().stream()));
  }

  private static List<String> rights(List<PolicyRule> rules) {
    return rules.stream()
        .map(rule ->
            "%s %s %s"
                .formatted(
                    String.join(",", rule.getApiGroups()),
                    String.join(",", rule.getResources()),
                    String.join(" ", rule.getVerbs())))
        .toList();
  }
}
