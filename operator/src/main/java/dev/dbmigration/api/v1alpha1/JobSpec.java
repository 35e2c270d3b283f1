package dev.dbmigration.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import io.fabric8.kubernetes.api.model.Quantity;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a user may say about the pods of runs; a closed set, so that a resource gives no more rights
 * than it has.
 *
 * @param resources of the container
 * @param nodeSelector labels that a node must have
 * @param tolerations taints of nodes that are accepted
 * @param imagePullSecrets Secrets for the registry
 * @param labels added to Job and pod
 * @param annotations added to Job and pod
 */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record JobSpec(
    @JsonPropertyDescription(
            "Requests and limits of the container. What is absent is 100m processor time and 128Mi"
                + " memory as requests and 256Mi memory as limit, or what fits the amounts that"
                + " are given.")
        @Nullable Resources resources,
    @JsonPropertyDescription("Labels that a node must have to run the pod.")
        @Size(max = 20)
        @ValidationRule(
            value = "self.all(key, size(key) <= 317)",
            message = "a key is too long: keys of labels have at most 317 characters")
        Map<String, @Size(max = 63) String> nodeSelector,
    @JsonPropertyDescription("Taints of nodes that the pod accepts.") @Size(max = 20)
        List<Toleration> tolerations,
    @JsonPropertyDescription(
            "Secrets, in the namespace of this resource, with which the image is pulled.")
        @Size(max = 10)
        List<PullSecret> imagePullSecrets,
    @JsonPropertyDescription(
            "Labels that are added to the Job and its pod, as far as the operator's settings allow"
                + " their keys.")
        @Size(max = 20)
        @ValidationRule(value = JobSpec.KEYS_ARE_FREE, message = JobSpec.CHOOSE_ANOTHER_KEY)
        Map<String, @Size(max = 63) String> labels,
    @JsonPropertyDescription(
            "Annotations that are added to the Job and its pod, as far as the operator's settings"
                + " allow their keys.")
        @Size(max = 20)
        @ValidationRule(value = JobSpec.KEYS_ARE_FREE, message = JobSpec.CHOOSE_ANOTHER_KEY)
        Map<String, @Size(max = 1024) String> annotations) {

  static final String KEYS_ARE_FREE =
      "self.all(key, size(key) <= 317 && !key.split('/')[0].matches("
          + "'^(.*[.])?(kubernetes[.]io|k8s[.]io|argoproj[.]io|dbmigration[.]dev)$|^(job-name|controller-uid)$'))";

  static final String CHOOSE_ANOTHER_KEY =
      "a key is reserved or too long: choose one of at most 317 characters whose prefix does not"
          + " end in kubernetes.io, k8s.io, argoproj.io or dbmigration.dev, other than job-name and"
          + " controller-uid";

  /** Empty where nothing is given. */
  public JobSpec {
    nodeSelector = Given.map(nodeSelector);
    tolerations = Given.list(tolerations);
    imagePullSecrets = Given.list(imagePullSecrets);
    labels = Given.map(labels);
    annotations = Given.map(annotations);
  }

  /**
   * Requests and limits of a container.
   *
   * @param requests what is reserved
   * @param limits what is not exceeded
   */
  @JsonIgnoreProperties(ignoreUnknown = true)
  @JsonInclude(JsonInclude.Include.NON_EMPTY)
  public record Resources(
      @JsonPropertyDescription("What is reserved for the container.") @Nullable Amounts requests,
      @JsonPropertyDescription("What the container cannot exceed.") @Nullable Amounts limits) {}

  /**
   * Amounts of resources.
   *
   * @param cpu in cores
   * @param memory in bytes
   * @param ephemeralStorage in bytes
   */
  @JsonIgnoreProperties(ignoreUnknown = true)
  @JsonInclude(JsonInclude.Include.NON_EMPTY)
  public record Amounts(
      @JsonPropertyDescription("Processor time, such as 500m or 1.") @Nullable Quantity cpu,
      @JsonPropertyDescription("Memory, such as 256Mi.") @Nullable Quantity memory,
      @JsonProperty("ephemeral-storage") @JsonPropertyDescription("Local storage, such as 1Gi.")
          @Nullable Quantity ephemeralStorage) {}

  /**
   * A taint that is accepted.
   *
   * @param key of the taint
   * @param operator how the value is compared
   * @param value of the taint
   * @param effect of the taint
   * @param tolerationSeconds how long the taint is accepted
   */
  @JsonIgnoreProperties(ignoreUnknown = true)
  @JsonInclude(JsonInclude.Include.NON_EMPTY)
  public record Toleration(
      @JsonPropertyDescription("Key of the taint; absent, with operator Exists, means all.")
          @Size(max = Form.LABEL_LENGTH)
          @Nullable String key,
      @JsonPropertyDescription("Equal compares the value, Exists does not.")
          @Nullable Operator operator,
      @JsonPropertyDescription("Value of the taint.") @Size(max = 63) @Nullable String value,
      @JsonPropertyDescription("Effect of the taint; absent means all.") @Nullable Effect effect,
      @JsonPropertyDescription(
              "How long, in seconds, a taint of effect NoExecute is accepted; absent means for"
                  + " ever.")
          @Min(0)
          @Max(86400)
          @Nullable Long tolerationSeconds) {

    /** How the value of a taint is compared. */
    public enum Operator {
      /** The values are equal. */
      @JsonProperty("Equal")
      EQUAL,
      /** Any value. */
      @JsonProperty("Exists")
      EXISTS
    }

    /** What a taint does. */
    public enum Effect {
      /** New pods stay away. */
      @JsonProperty("NoSchedule")
      NO_SCHEDULE,
      /** New pods stay away if they can. */
      @JsonProperty("PreferNoSchedule")
      PREFER_NO_SCHEDULE,
      /** Pods leave. */
      @JsonProperty("NoExecute")
      NO_EXECUTE
    }
  }

  /**
   * A Secret for a registry.
   *
   * @param name of the Secret
   */
  @JsonIgnoreProperties(ignoreUnknown = true)
  public record PullSecret(
      @Required
          @JsonPropertyDescription("Name of the Secret.")
          @Pattern(Form.OBJECT_NAME)
          @Size(min = 1, max = Form.NAME_LENGTH)
          String name) {}
}
