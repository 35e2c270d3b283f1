package dev.dbmigration.chart;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.admissionregistration.v1.ValidatingAdmissionPolicy;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.ValidatingAdmissionPolicyBinding;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.Validation;
import org.junit.jupiter.api.Test;

@NeedsHelm
class AdmissionPolicyTest {

  @Test
  void refusesWhatItDoesNotUnderstand() {
    var policy = Chart.with().the(ValidatingAdmissionPolicy.class).getSpec();

    assertThat(policy.getFailurePolicy()).isEqualTo("Fail");
    assertThat(
            Chart.with()
                .the(ValidatingAdmissionPolicyBinding.class)
                .getSpec()
                .getValidationActions())
        .containsExactly("Deny");
  }

  @Test
  void asksTheAuthorizerOncePerExpression() {
    var validations = Chart.with().the(ValidatingAdmissionPolicy.class).getSpec().getValidations();

    assertThat(validations)
        .extracting(Validation::getExpression)
        .isNotEmpty()
        .allSatisfy(
            expression -> assertThat(expression).containsOnlyOnce(".check('get').allowed()"));
  }

  @Test
  void looksAtWatchedNamespacesOnly() {
    var all = Chart.with().the(ValidatingAdmissionPolicyBinding.class).getSpec();
    var some =
        Chart.with("watch.namespaces=[\"a\",\"b\"]")
            .the(ValidatingAdmissionPolicyBinding.class)
            .getSpec();
    var namespaces = some.getMatchResources().getNamespaceSelector().getMatchExpressions();

    assertThat(all.getMatchResources()).isNull();
    assertThat(namespaces).hasSize(1);
    assertThat(namespaces.getFirst().getKey()).isEqualTo("kubernetes.io/metadata.name");
    assertThat(namespaces.getFirst().getValues()).containsExactly("a", "b");
  }

  @Test
  void isLeftOutWhenToldSo() {
    assertThat(Chart.with("admissionPolicy.enabled=false").kinds())
        .doesNotContain("ValidatingAdmissionPolicy", "ValidatingAdmissionPolicyBinding");
  }
}
