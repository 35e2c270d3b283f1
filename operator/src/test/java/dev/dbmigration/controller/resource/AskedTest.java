package dev.dbmigration.controller.resource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.dbmigration.api.v1alpha1.DatabaseMigrationSpec;
import dev.dbmigration.api.v1alpha1.ExecutionSpec;
import dev.dbmigration.api.v1alpha1.TargetSpec;
import dev.dbmigration.controller.Resources;
import dev.dbmigration.model.Execution;
import dev.dbmigration.model.Policy;
import dev.dbmigration.model.Target;
import dev.dbmigration.reconcile.Wish;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AskedTest {

  @Test
  void whatIsNotSaidHasItsDefault() {
    var asked = Asked.by(Resources.inline("orders").getSpec());

    assertThat(asked.execution()).isEqualTo(Execution.DEFAULT);
    assertThat(asked.policy()).isEqualTo(Policy.STRICT);
    assertThat(asked.attempts()).isEqualTo(Wish.USUAL_ATTEMPTS);
    assertThat(asked.isSuspended()).isFalse();
    assertThat(asked.target().host()).hasValue("orders-db");
  }

  /** If they parted ways, an upgrade would start a run of every resource. */
  @Test
  void theDefaultsOfTheDefinitionAreThoseOfTheOperator() throws IOException {
    var execution = defaults("execution", ExecutionSpec.class);
    var target = defaults("target", TargetSpec.class);
    var orders = Resources.inline("orders").getSpec();

    var asked =
        Asked.by(
            new DatabaseMigrationSpec(
                orders.target(), orders.source(), null, null, execution, null, null));

    assertThat(asked.execution()).isEqualTo(Execution.DEFAULT);
    assertThat(asked.attempts()).isEqualTo(Wish.USUAL_ATTEMPTS);
    assertThat(DurationField.read("", target.connectTimeout(), Duration.ZERO))
        .isEqualTo(Target.DEFAULT_CONNECT_TIMEOUT);
  }

  @Test
  void aMissingSpecificationIsInvalidAndNoCrash() {
    assertThatThrownBy(() -> Asked.by(null))
        .isInstanceOf(InvalidSpecException.class)
        .hasMessageContaining("spec.target");
  }

  /** A part of the specification, with all the defaults that the definition has, and no more. */
  private static <T> T defaults(String part, Class<T> type) throws IOException {
    var definition =
        new YAMLMapper()
            .readTree(Path.of("..", "crds", "databasemigrations.dbmigration.dev.yaml").toFile());
    var defaults = new ObjectMapper().createObjectNode();
    definition
        .at("/spec/versions/0/schema/openAPIV3Schema/properties/spec/properties/" + part)
        .path("properties")
        .properties()
        .stream()
        .filter(field -> field.getValue().has("default"))
        .forEach(field -> defaults.set(field.getKey(), field.getValue().get("default")));
    return new ObjectMapper().treeToValue(defaults, type);
  }

  @ParameterizedTest
  @CsvSource({"90s, 90000", "1h30m, 5400000", "500ms, 500", "1m1ms, 60001", "0s, 0"})
  void durationsAreReadAsUsersWriteThem(String text, long millis) {
    assertThat(DurationField.read("field", text, Duration.ZERO))
        .isEqualTo(Duration.ofMillis(millis));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "5", "5 s", "-5s", "s5", "5d", "100000s", "1s2", "1h1m1s1ms1h"})
  void anythingElseIsNamedWithItsField(String text) {
    assertThatThrownBy(() -> DurationField.read("spec.execution.deadline", text, Duration.ZERO))
        .isInstanceOf(InvalidSpecException.class)
        .hasMessageContaining("spec.execution.deadline")
        .hasMessageContaining("90s");
  }
}
