package dev.dbmigration.job;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.dbmigration.api.v1alpha1.JobSpec;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceRequirements;
import io.fabric8.kubernetes.api.model.ResourceRequirementsBuilder;
import org.junit.jupiter.api.Test;

class RunnerResourcesTest {

  @Test
  void thereIsAlwaysALimitOfMemory() {
    var filledUp = RunnerResources.filledUp(new ResourceRequirements());

    assertThat(filledUp.getLimits()).containsOnlyKeys("memory");
  }

  @Test
  void theDescriptionOfTheFieldNamesTheUsualAmounts() throws NoSuchFieldException {
    var usual = RunnerResources.filledUp(new ResourceRequirements());

    var description =
        JobSpec.class.getDeclaredField("resources").getAnnotation(JsonPropertyDescription.class);

    assertThat(description.value())
        .contains(
            usual.getRequests().get("cpu") + " processor time",
            usual.getRequests().get("memory") + " memory as requests",
            usual.getLimits().get("memory") + " memory as limit");
  }

  @Test
  void whatIsAskedForStaysAsItIsEvenIfNoPodCouldHaveIt() {
    var asked =
        new ResourceRequirementsBuilder()
            .addToRequests("memory", new Quantity("2Gi"))
            .addToLimits("memory", new Quantity("1Gi"))
            .addToLimits("ephemeral-storage", new Quantity("1Gi"))
            .build();

    var filledUp = RunnerResources.filledUp(asked);

    assertThat(filledUp.getLimits()).isEqualTo(asked.getLimits());
    assertThat(filledUp.getRequests()).containsAllEntriesOf(asked.getRequests());
  }
}
