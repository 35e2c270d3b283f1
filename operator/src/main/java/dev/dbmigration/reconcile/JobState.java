package dev.dbmigration.reconcile;

import dev.dbmigration.model.Checksum;
import dev.dbmigration.model.RunReport;
import java.time.Instant;

/** A Job of the resource. */
public sealed interface JobState {

  /** Its name. */
  String name();

  /** The number of its run. */
  int run();

  /** The inputs that its run was started for. */
  Checksum inputsHash();

  /**
   * It has not ended.
   *
   * @param name its name
   * @param run the number of its run
   * @param inputsHash the inputs that its run was started for
   * @param createdAt when it was created
   * @param pod how its pod is
   */
  record Active(String name, int run, Checksum inputsHash, Instant createdAt, Pod pod)
      implements JobState {}

  /**
   * Its run has ended.
   *
   * @param name its name
   * @param run the number of its run
   * @param inputsHash the inputs that its run was started for
   * @param times when it was created and ended
   * @param end what its pod left behind
   * @param upkeep what is to become of the Job itself
   */
  record Finished(String name, int run, Checksum inputsHash, Times times, End end, Upkeep upkeep)
      implements JobState {

    /** As if nothing were left to be done with it. */
    Finished asTidied() {
      return new Finished(name, run, inputsHash, times, end, Upkeep.DONE);
    }
  }

  /**
   * When a Job was created and ended.
   *
   * @param createdAt by the cluster's clock
   * @param finishedAt by the cluster's clock
   */
  record Times(Instant createdAt, Instant finishedAt) {}

  /** What is to become of a Job whose run has ended. */
  enum Upkeep {
    /** Nothing: it belongs to the resource and has a time to live. */
    DONE,
    /** It has ended, and is to be handed to garbage collection. */
    TO_HAND_OVER,
    /** It is about to end by itself. */
    ENDS_SOON,
    /** Another container keeps it from its end: it is to be deleted. */
    OUTLIVED
  }

  /** How the pod of an active Job is. */
  sealed interface Pod {

    /** It runs, or is about to. */
    record Fine() implements Pod {}

    /**
     * It cannot start.
     *
     * @param words the cluster's own
     */
    record NotStarting(String words) implements Pod {}

    /**
     * Its node does not answer.
     *
     * @param node which node
     */
    record OnLostNode(String node) implements Pod {}
  }

  /** What an ended Job's pod left behind. */
  sealed interface End {

    /** A report, complete and of the right run. */
    record Reported(RunReport report) implements End {}

    /** The summary of a report, of the right run: without lists and warnings. */
    record Summarised(RunReport report) implements End {}

    /**
     * A pod without a usable report.
     *
     * @param why what is wrong with it, in words
     */
    record Unreadable(String why) implements End {}

    /**
     * A pod whose runner ran out of memory, without a report.
     *
     * @param why how it ended, in words
     */
    record OutOfMemory(String why) implements End {}

    /**
     * Nothing: the pod is gone.
     *
     * @param why what the Job says, in words
     */
    record Gone(String why) implements End {}

    /** Not looked at, because the status has the result already. */
    record NotRead() implements End {}
  }
}
