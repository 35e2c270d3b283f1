package dev.dbmigration.support;

import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobBuilder;
import io.fabric8.kubernetes.api.model.batch.v1.JobCondition;
import io.fabric8.kubernetes.api.model.batch.v1.JobConditionBuilder;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.function.UnaryOperator;

/** What the Job controller writes into a Job's status. */
final class JobStatuses {

  private static final Map<String, String> MESSAGES =
      Map.of(
          "BackoffLimitExceeded", "Job has reached the specified backoff limit",
          "DeadlineExceeded", "Job was active longer than specified deadline",
          "CompletionsReached", "Reached expected number of succeeded pods");

  private JobStatuses() {}

  static UnaryOperator<Job> active() {
    return job ->
        new JobBuilder(job)
            .withNewStatus()
            .withStartTime(now())
            .withActive(1)
            .withReady(0)
            .withTerminating(0)
            .endStatus()
            .build();
  }

  /** The pod is told to stop. */
  static UnaryOperator<Job> terminating() {
    return job ->
        new JobBuilder(job)
            .editOrNewStatus()
            .withActive(null)
            .withReady(0)
            .withTerminating(1)
            .endStatus()
            .build();
  }

  static UnaryOperator<Job> counts(int ready) {
    return job ->
        new JobBuilder(job).editOrNewStatus().withActive(1).withReady(ready).endStatus().build();
  }

  static UnaryOperator<Job> complete() {
    return job ->
        new JobBuilder(job)
            .editOrNewStatus()
            .withActive(null)
            .withSucceeded(1)
            .withReady(0)
            .withCompletionTime(now())
            .withConditions(
                condition("SuccessCriteriaMet", "CompletionsReached"),
                condition("Complete", "CompletionsReached"))
            .endStatus()
            .build();
  }

  static UnaryOperator<Job> failed(String reason) {
    return job ->
        new JobBuilder(job)
            .editOrNewStatus()
            .withActive(null)
            .withFailed(1)
            .withReady(0)
            .withTerminating(0)
            .withConditions(condition("FailureTarget", reason), condition("Failed", reason))
            .endStatus()
            .build();
  }

  private static JobCondition condition(String type, String reason) {
    return new JobConditionBuilder()
        .withType(type)
        .withStatus("True")
        .withReason(reason)
        .withMessage(MESSAGES.get(reason))
        .withLastProbeTime(now())
        .withLastTransitionTime(now())
        .build();
  }

  static String now() {
    return Instant.now().truncatedTo(ChronoUnit.SECONDS).toString();
  }
}
