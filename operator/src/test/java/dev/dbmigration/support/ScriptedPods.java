package dev.dbmigration.support;

import dev.dbmigration.model.ExitCode;
import dev.dbmigration.model.RunReport;
import dev.dbmigration.model.RunRequest;
import dev.dbmigration.report.RunContract;
import dev.dbmigration.report.RunRequests;
import dev.dbmigration.report.WrittenReport;
import io.fabric8.kubernetes.api.model.Pod;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/** Pods without a process: they do what a test says. At first they run until they are told. */
public final class ScriptedPods implements PodRuntime {

  /** What a pod does when it is started. */
  public sealed interface Script {

    /** It runs until it is told to end. */
    record Run() implements Script {}

    /**
     * It writes its log and ends.
     *
     * @param end how
     * @param log lines
     */
    record End(PodEnd end, List<String> log) implements Script {

      /** Ends as the runner does: summary in the termination message, full report in the log. */
      public static End reporting(ExitCode code, RunReport report) {
        var written = WrittenReport.of(report);
        return new End(PodEnd.exited(code.number(), written.summary()), written.lines());
      }
    }

    /**
     * Its container cannot start.
     *
     * @param reason such as {@code ImagePullBackOff}
     * @param message in words
     */
    record Wait(String reason, String message) implements Script {}

    /**
     * No node takes it.
     *
     * @param message in words
     */
    record Unschedulable(String message) implements Script {}
  }

  private record Current(Pod pod, Events events) {}

  private final Map<String, Current> running = new ConcurrentHashMap<>();
  private volatile boolean areNodesLost;
  private volatile Function<Pod, Script> script = pod -> new Script.Run();
  private volatile Function<Pod, Script.End> whenStopped =
      pod -> new Script.End(PodEnd.exited(143, ""), List.of());

  /** What pods do that are started from now on. */
  public void onStart(Function<Pod, Script> answer) {
    script = answer;
  }

  /** How running pods end that are asked to stop; at first with 143 and without a word. */
  public void onStop(Function<Pod, Script.End> answer) {
    whenStopped = answer;
  }

  /** From now on no node answers: what is asked to stop does not. */
  public void loseNodes() {
    areNodesLost = true;
  }

  /** Names of the Jobs whose pods have not ended. */
  public Set<String> jobs() {
    return Set.copyOf(running.keySet());
  }

  /** Ends the pod of a Job. */
  public void end(String job, Script.End end) {
    var current = running.remove(job);
    if (current == null) {
      throw new IllegalStateException(
          "the Job " + job + " has no running pod; there are " + jobs());
    }
    tell(current.events(), end);
  }

  /** Ends the pod of a Job without a log. */
  public void end(String job, PodEnd end) {
    end(job, new Script.End(end, List.of()));
  }

  /** The request that the running pod of a Job was given. */
  public RunRequest requestOf(String job) {
    return requestOf(Objects.requireNonNull(running.get(job)).pod());
  }

  /** The request that a pod was given. */
  public static RunRequest requestOf(Pod pod) {
    return pod.getSpec().getContainers().getFirst().getEnv().stream()
        .filter(variable -> variable.getName().equals(RunContract.REQUEST))
        .map(variable -> RunRequests.read(variable.getValue()))
        .findFirst()
        .orElseThrow();
  }

  @Override
  public Started start(Pod pod, Events events) {
    var job = pod.getMetadata().getLabels().get("batch.kubernetes.io/job-name");
    switch (script.apply(pod)) {
      case Script.Run() -> {
        running.put(job, new Current(pod, events));
        events.runs();
      }
      case Script.End end -> {
        events.runs();
        tell(events, end);
      }
      case Script.Wait(var reason, var message) -> {
        running.put(job, new Current(pod, events));
        events.waits(reason, message);
      }
      case Script.Unschedulable(var message) -> {
        running.put(job, new Current(pod, events));
        events.unschedulable(message);
      }
    }
    return gracePeriod -> stop(job, gracePeriod);
  }

  private void stop(String job, Duration gracePeriod) {
    if (areNodesLost) {
      return;
    }
    var current = running.remove(job);
    if (current != null) {
      tell(current.events(), gracePeriod.isZero() ? KILLED : whenStopped.apply(current.pod()));
    }
  }

  private static final Script.End KILLED = new Script.End(PodEnd.killed(), List.of());

  private static void tell(Events events, Script.End end) {
    end.log().forEach(events::wrote);
    events.ended(end.end());
  }
}
