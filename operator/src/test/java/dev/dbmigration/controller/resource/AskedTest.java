package dev.dbmigration.controller.resource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dbmigration.controller.Resources;
import dev.dbmigration.model.Execution;
import dev.dbmigration.model.Policy;
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
    assertThat(asked.attempts()).isEqualTo(5);
    assertThat(asked.isSuspended()).isFalse();
    assertThat(asked.target().host()).hasValue("orders-db");
  }

  @Test
  void aMissingSpecificationIsInvalidAndNoCrash() {
    assertThatThrownBy(() -> Asked.by(null))
        .isInstanceOf(InvalidSpecException.class)
        .hasMessageContaining("spec.target");
  }

  @ParameterizedTest
  @CsvSource({"90s, 90000", "1h30m, 5400000", "500ms, 500", "1m1ms, 60001", "0s, 0"})
  void durationsAreReadAsUsersWriteThem(String text, long millis) {
    assertThat(DurationText.read("field", text, Duration.ZERO))
        .isEqualTo(Duration.ofMillis(millis));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "5", "5 s", "-5s", "s5", "5d"})
  void anythingElseIsNamedWithItsField(String text) {
    assertThatThrownBy(() -> DurationText.read("spec.execution.deadline", text, Duration.ZERO))
        .isInstanceOf(InvalidSpecException.class)
        .hasMessageContaining("spec.execution.deadline")
        .hasMessageContaining("90s");
  }
}
