package dev.dbmigration.chart;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.admissionregistration.v1.ValidatingAdmissionPolicy;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.ValidatingAdmissionPolicyBinding;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.Validation;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaPropsOrArray;
import java.util.Optional;
import java.util.stream.LongStream;
import java.util.stream.Stream;
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
  void asksForEverySecretThatASpecCanName() {
    var validations = Chart.with().the(ValidatingAdmissionPolicy.class).getSpec().getValidations();
    var spec =
        Chart.with()
            .the(CustomResourceDefinition.class)
            .getSpec()
            .getVersions()
            .getFirst()
            .getSchema()
            .getOpenAPIV3Schema()
            .getProperties()
            .get("spec");

    assertThat(validations)
        .extracting(validation -> field(validation.getMessageExpression()))
        .containsExactlyInAnyOrderElementsOf(secretsNamedIn("spec", spec).toList());
  }

  private static String field(String messageExpression) {
    return messageExpression.replaceAll("(?s)^'(\\S+) names Secret '.*", "$1");
  }

  private static Stream<String> secretsNamedIn(String path, JSONSchemaProps schema) {
    if (path.endsWith("ecretName") || path.matches(".*imagePullSecrets\\[\\d+].name")) {
      return Stream.of(path);
    }
    var items =
        Optional.ofNullable(schema.getItems())
            .map(JSONSchemaPropsOrArray::getSchema)
            .map(item -> secretsNamedInItems(path, schema.getMaxItems(), item))
            .orElse(Stream.of());
    return Stream.concat(
        items,
        schema.getProperties().entrySet().stream()
            .flatMap(
                property -> secretsNamedIn(path + "." + property.getKey(), property.getValue())));
  }

  private static Stream<String> secretsNamedInItems(String path, Long most, JSONSchemaProps item) {
    return LongStream.range(0, most)
        .boxed()
        .flatMap(index -> secretsNamedIn(path + "[" + index + "]", item));
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
