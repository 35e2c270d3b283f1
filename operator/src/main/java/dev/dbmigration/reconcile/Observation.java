package dev.dbmigration.reconcile;

import dev.dbmigration.model.ResourceRef;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Everything a decision depends on, seen at one moment. What could not be read is a value in it.
 *
 * @param resource which resource
 * @param generation of its specification
 * @param deletion whether somebody deleted it
 * @param wish what its specification asks for
 * @param recorded what its status says
 * @param jobs its Jobs, in any order
 * @param room whether a run may start now, as far as other runs are concerned
 */
public record Observation(
    ResourceRef resource,
    long generation,
    Deletion deletion,
    Wish wish,
    Recorded recorded,
    List<JobState> jobs,
    Room room) {

  private static final Duration SHORTEST_PAUSE = Duration.ofSeconds(10);
  private static final Duration LONGEST_PAUSE = Duration.ofMinutes(10);

  /** Copies the Jobs. */
  public Observation {
    jobs = List.copyOf(jobs);
  }

  /** Whether somebody deleted the resource. */
  public enum Deletion {
    /** It is there to stay. */
    NONE,
    /** It goes once no run is active. */
    REQUESTED,
    /** It goes at once: somebody annotated it so. */
    FORCED
  }

  /** The newest Job that has not ended. */
  Optional<JobState.Active> activeJob() {
    return jobs.stream()
        .filter(JobState.Active.class::isInstance)
        .map(JobState.Active.class::cast)
        .max(Comparator.comparingInt(JobState.Active::run));
  }

  /** The newest Job whose run has ended and whose result the status does not have. */
  Optional<JobState.Finished> unrecordedJob() {
    return finishedJobs()
        .filter(job -> !recorded.hasResultOf(job.run()))
        .max(Comparator.comparingInt(JobState.Finished::run));
  }

  /** Jobs with which something is to be done now that their runs have ended. */
  List<JobState.Finished> untidyJobs() {
    return unkeptJobs().stream().filter(job -> job.upkeep() != JobState.Upkeep.ENDS_SOON).toList();
  }

  /** Jobs whose runs have ended and that do not belong to the resource. */
  List<JobState.Finished> unkeptJobs() {
    return finishedJobs().filter(job -> job.upkeep() != JobState.Upkeep.DONE).toList();
  }

  /** The run that the status calls running although its Job is nowhere. */
  Optional<RecordedRun> vanishedRun() {
    return recorded
        .lastRun()
        .filter(RecordedRun::isRunning)
        .filter(run -> jobs.stream().noneMatch(job -> job.run() == run.run()));
  }

  /** The newest run, if it was one for what the specification asks for now. */
  Optional<RecordedRun> runForThisWish() {
    return switch (wish) {
      case Wish.Understood understood ->
          recorded.lastRun().filter(run -> run.inputsHash().equals(understood.inputsHash()));
      case Wish.Invalid _, Wish.ConfigMapMissing _ -> Optional.empty();
    };
  }

  /** The number of the next run: never one that was used. */
  int nextRun() {
    int used = jobs.stream().mapToInt(JobState::run).max().orElse(0);
    return 1 + Math.max(recorded.runs(), used);
  }

  /** The same, as if all Jobs whose runs have ended were tidied. */
  Observation asTidied() {
    var tidied =
        jobs.stream()
            .map(job -> job instanceof JobState.Finished finished ? finished.asTidied() : job)
            .toList();
    return new Observation(resource, generation, deletion, wish, recorded, tidied, room);
  }

  /**
   * When what the cluster refuses to have tidied is tried again: after a pause that grows with the
   * age of the Job, from ten seconds up to ten minutes. Empty where nothing is untidy.
   */
  public Optional<Duration> nextTidying(Instant now) {
    return untidyJobs().stream()
        .map(job -> Duration.between(job.times().createdAt(), now))
        .map(Observation::pause)
        .min(Comparator.naturalOrder());
  }

  private static Duration pause(Duration age) {
    if (age.compareTo(SHORTEST_PAUSE) < 0) {
      return SHORTEST_PAUSE;
    }
    return age.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : age;
  }

  private Stream<JobState.Finished> finishedJobs() {
    return jobs.stream()
        .filter(JobState.Finished.class::isInstance)
        .map(JobState.Finished.class::cast);
  }
}
