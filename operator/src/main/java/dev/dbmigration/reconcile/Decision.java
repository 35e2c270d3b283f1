package dev.dbmigration.reconcile;

import dev.dbmigration.model.Checksum;
import dev.dbmigration.model.Failure;
import java.time.Duration;
import java.util.List;

/** What is done next; carries all that the doing needs. */
public sealed interface Decision {

  /**
   * The resource is deleted; its run comes to its end first.
   *
   * @param job name of the active Job
   * @param pod how its pod is
   */
  record AwaitEnd(String job, JobState.Pod pod) implements Decision {}

  /**
   * The resource is deleted; nothing holds it any longer.
   *
   * @param untidy ended Jobs that are to be deleted with it
   */
  record Release(List<Tidying> untidy) implements Decision {
    /** Copies the list. */
    public Release {
      untidy = List.copyOf(untidy);
    }
  }

  /**
   * A run is active.
   *
   * @param run as the status shows it
   * @param pod how its pod is
   */
  record Await(RecordedRun run, JobState.Pod pod) implements Decision {}

  /**
   * A run has ended; its result goes into the status.
   *
   * @param run as the status shows it
   * @param seen what it found
   */
  record Settle(RecordedRun run, Seen seen) implements Decision {}

  /**
   * Results are in the status; their Jobs are handed to garbage collection, or deleted.
   *
   * @param jobs which
   * @param otherwise what is done as long as the cluster refuses that
   */
  record Tidy(List<Tidying> jobs, Decision otherwise) implements Decision {
    /** Copies the list. */
    public Tidy {
      jobs = List.copyOf(jobs);
    }
  }

  /** All is applied that the specification asks for. */
  record Rest() implements Decision {}

  /**
   * The newest run failed, and only a person can help.
   *
   * @param run that run
   */
  record Stall(RecordedRun run) implements Decision {}

  /**
   * The newest run failed, and another one follows.
   *
   * @param run that run
   * @param pause how long from now
   */
  record RetryLater(RecordedRun run, Duration pause) implements Decision {}

  /**
   * No run can be started.
   *
   * @param failure why
   */
  record Refuse(Failure failure) implements Decision {}

  /** No run may be started, because the resource says so. */
  record Suspend() implements Decision {}

  /**
   * No run may be started yet.
   *
   * @param room why
   */
  record Queue(Room room) implements Decision {}

  /**
   * A run is started.
   *
   * @param run its number
   * @param attempt how many runs for these inputs there will have been
   * @param content of the source, as it is in the hash
   * @param inputsHash of these inputs
   */
  record Launch(int run, int attempt, Inputs.Content content, Checksum inputsHash)
      implements Decision {}

  /** What is done with a Job whose run has ended. */
  sealed interface Tidying {

    /**
     * It is handed to garbage collection.
     *
     * @param job its name
     * @param timeToLive how long it is kept
     */
    record HandOver(String job, Duration timeToLive) implements Tidying {}

    /**
     * It is deleted, because it would not end.
     *
     * @param job its name
     */
    record Delete(String job) implements Tidying {}
  }
}
