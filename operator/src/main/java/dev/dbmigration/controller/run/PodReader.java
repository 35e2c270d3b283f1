package dev.dbmigration.controller.run;

import dev.dbmigration.job.JobManifest;
import dev.dbmigration.model.ExitCode;
import dev.dbmigration.model.RunOutcome;
import dev.dbmigration.model.RunReport;
import dev.dbmigration.reconcile.JobState;
import dev.dbmigration.report.ReadReport;
import io.fabric8.kubernetes.api.model.ContainerStateTerminated;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the one pod of a Job.
 *
 * @param client reaches the cluster
 * @param ends what is kept of pods that may be gone
 */
public record PodReader(KubernetesClient client, PodEnds ends) {

  private static final Logger LOG = LoggerFactory.getLogger(PodReader.class);

  static final String JOB_NAME = "batch.kubernetes.io/job-name";

  /** The status of a JVM that is started with ExitOnOutOfMemoryError. */
  private static final int JVM_WITHOUT_MEMORY = 3;

  private static final int LOG_LINES = 200;
  private static final int MOST_LOG_BYTES = 1024 * 1024;

  /** What the runner's container is doing, whatever others do beside it. */
  sealed interface Look {

    /**
     * It has ended.
     *
     * @param at when
     * @param end what it left behind
     */
    record Ended(Instant at, JobState.End end) implements Look {}

    /**
     * It has not ended.
     *
     * @param pod how its pod is
     */
    record NotEnded(JobState.Pod pod) implements Look {}
  }

  /** What the pod of an ended Job left behind; words are the Job's own about its end. */
  JobState.End end(Job job, int run, String words) {
    return pod(job)
        .map(pod -> end(pod, run))
        .orElseGet(() -> new JobState.End.Gone("its pod is gone (" + words + ")"));
  }

  /** Whether the run of a Job is known to have ended, whatever the Job says. */
  boolean hasEnded(Job job) {
    return ends.of(job).isPresent();
  }

  /** What a look at the pod of an active Job shows. */
  Look look(Job job, int run, Instant now) {
    return pod(job)
        .map(pod -> look(pod, run, now))
        .orElseGet(() -> new Look.NotEnded(PodCondition.absent(job, now)));
  }

  private Look look(Pod pod, int run, Instant now) {
    return terminated(pod)
        .<Look>map(
            terminated -> new Look.Ended(endedAt(terminated, now), end(pod, terminated, run)))
        .orElseGet(() -> new Look.NotEnded(new PodCondition(pod, now).state()));
  }

  private static Instant endedAt(ContainerStateTerminated terminated, Instant now) {
    return Optional.ofNullable(terminated.getFinishedAt()).map(Instant::parse).orElse(now);
  }

  private Optional<Pod> pod(Job job) {
    var meta = job.getMetadata();
    return client
        .pods()
        .inNamespace(meta.getNamespace())
        .withLabel(JOB_NAME, meta.getName())
        .list()
        .getItems()
        .stream()
        .max(Comparator.comparing(pod -> pod.getMetadata().getCreationTimestamp()))
        .or(() -> ends.of(job));
  }

  private JobState.End end(Pod pod, int run) {
    return terminated(pod)
        .map(terminated -> end(pod, terminated, run))
        .orElseGet(() -> new JobState.End.Unreadable(withoutEnd(pod)));
  }

  private JobState.End end(Pod pod, ContainerStateTerminated terminated, int run) {
    var message = Optional.ofNullable(terminated.getMessage()).orElse("");
    if (message.isBlank()) {
      var why = ended(pod, terminated) + " and left no report";
      return isOutOfMemory(terminated)
          ? new JobState.End.OutOfMemory(why)
          : new JobState.End.Unreadable(why);
    }
    return switch (ReadReport.of(message, log(pod))) {
      case ReadReport.Full(RunReport report) ->
          checked(new JobState.End.Reported(report), report, run, terminated);
      case ReadReport.SummaryOnly(RunReport report) ->
          checked(new JobState.End.Summarised(report), report, run, terminated);
      case ReadReport.Unreadable(String why) -> new JobState.End.Unreadable(why);
    };
  }

  /** A report is believed only if it is about this run and agrees with how the process ended. */
  private static JobState.End checked(
      JobState.End read, RunReport report, int run, ContainerStateTerminated terminated) {
    if (report.run() != run) {
      return new JobState.End.Unreadable("the report is about run " + report.run());
    }
    boolean saysSucceeded = report.outcome() instanceof RunOutcome.Succeeded;
    boolean hasSucceeded = exitCode(terminated) == ExitCode.SUCCEEDED.number();
    return saysSucceeded == hasSucceeded
        ? read
        : new JobState.End.Unreadable(
            "the report says %s, but the process ended with status %d"
                .formatted(saysSucceeded ? "success" : "failure", exitCode(terminated)));
  }

  private static String ended(Pod pod, ContainerStateTerminated terminated) {
    var reason = Optional.ofNullable(terminated.getReason()).orElse("Error");
    var podReason =
        Optional.ofNullable(pod.getStatus().getReason()).map(text -> ", " + text).orElse("");
    return "the runner ended with status %d (%s%s)"
        .formatted(exitCode(terminated), reason, podReason);
  }

  private static boolean isOutOfMemory(ContainerStateTerminated terminated) {
    return "OOMKilled".equals(terminated.getReason()) || exitCode(terminated) == JVM_WITHOUT_MEMORY;
  }

  private static String withoutEnd(Pod pod) {
    var reason =
        Optional.ofNullable(pod.getStatus())
            .map(status -> status.getReason())
            .map(text -> " (" + text + ")")
            .orElse("");
    return "the pod ended" + reason + " before the runner could leave a report";
  }

  private static int exitCode(ContainerStateTerminated terminated) {
    return Optional.ofNullable(terminated.getExitCode()).orElse(-1);
  }

  static Optional<ContainerStateTerminated> terminated(Pod pod) {
    return PodCondition.migrateContainer(pod)
        .map(ContainerStatus::getState)
        .map(state -> state.getTerminated());
  }

  /** The end of the log; empty without the right to read it: then the summary is all there is. */
  private String log(Pod pod) {
    var meta = pod.getMetadata();
    try (InputStream log =
        client
            .pods()
            .inNamespace(meta.getNamespace())
            .withName(meta.getName())
            .inContainer(JobManifest.CONTAINER)
            .tailingLines(LOG_LINES)
            .getLogInputStream()) {
      return log == null ? "" : new String(log.readNBytes(MOST_LOG_BYTES), StandardCharsets.UTF_8);
    } catch (KubernetesClientException | IOException e) {
      LOG.atInfo()
          .addKeyValue("namespace", meta.getNamespace())
          .addKeyValue("pod", meta.getName())
          .addKeyValue("why", e.getMessage())
          .log("the log of a run cannot be read, its summary has to do");
      return "";
    }
  }
}
