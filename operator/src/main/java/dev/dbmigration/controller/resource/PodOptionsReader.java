package dev.dbmigration.controller.resource;

import dev.dbmigration.api.v1alpha1.JobSpec;
import dev.dbmigration.job.PodOptions;
import io.fabric8.kubernetes.api.model.LocalObjectReference;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceRequirements;
import io.fabric8.kubernetes.api.model.ResourceRequirementsBuilder;
import io.fabric8.kubernetes.api.model.Toleration;
import io.fabric8.kubernetes.api.model.TolerationBuilder;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What a specification says about the pods of runs. */
final class PodOptionsReader {

  private PodOptionsReader() {}

  static PodOptions read(@Nullable JobSpec job) {
    if (job == null) {
      return PodOptions.NONE;
    }
    try {
      return new PodOptions(
          Optional.ofNullable(job.resources()).map(PodOptionsReader::resources),
          job.nodeSelector(),
          job.tolerations().stream().map(PodOptionsReader::toleration).toList(),
          job.imagePullSecrets().stream()
              .map(secret -> new LocalObjectReference(secret.name()))
              .toList(),
          job.labels(),
          job.annotations());
    } catch (IllegalArgumentException e) {
      throw new InvalidSpecException(String.valueOf(e.getMessage()));
    }
  }

  private static ResourceRequirements resources(JobSpec.Resources resources) {
    return new ResourceRequirementsBuilder()
        .withRequests(amounts(resources.requests()))
        .withLimits(amounts(resources.limits()))
        .build();
  }

  private static Map<String, Quantity> amounts(JobSpec.@Nullable Amounts amounts) {
    var quantities = new TreeMap<String, Quantity>();
    if (amounts != null) {
      put(quantities, "cpu", amounts.cpu());
      put(quantities, "memory", amounts.memory());
      put(quantities, "ephemeral-storage", amounts.ephemeralStorage());
    }
    return quantities;
  }

  private static void put(Map<String, Quantity> all, String name, @Nullable Quantity quantity) {
    if (quantity != null) {
      all.put(name, quantity);
    }
  }

  private static Toleration toleration(JobSpec.Toleration toleration) {
    return new TolerationBuilder()
        .withKey(toleration.key())
        .withOperator(toleration.operator() == null ? null : operator(toleration.operator()))
        .withValue(toleration.value())
        .withEffect(toleration.effect() == null ? null : effect(toleration.effect()))
        .withTolerationSeconds(toleration.tolerationSeconds())
        .build();
  }

  private static String operator(JobSpec.Toleration.Operator operator) {
    return switch (operator) {
      case EQUAL -> "Equal";
      case EXISTS -> "Exists";
    };
  }

  private static String effect(JobSpec.Toleration.Effect effect) {
    return switch (effect) {
      case NO_SCHEDULE -> "NoSchedule";
      case PREFER_NO_SCHEDULE -> "PreferNoSchedule";
      case NO_EXECUTE -> "NoExecute";
    };
  }
}
