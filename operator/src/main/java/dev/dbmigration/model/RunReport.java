package dev.dbmigration.model;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What a run hands back. Free of secrets and row data.
 *
 * @param run the number of the run
 * @param startedAt by the pod's clock
 * @param finishedAt by the pod's clock
 * @param outcome how it ended
 * @param target engine, host, port and database, never a user name; absent if the run did not get
 *     so far
 * @param sourceDigest over all files as they were read; absent if they were not
 * @param history what the target's history says at the end; absent if it could not be read
 * @param warnings for people, at most {@value #NEWEST}; more are left out
 */
public record RunReport(
    int run,
    Instant startedAt,
    Instant finishedAt,
    RunOutcome outcome,
    Optional<String> target,
    Optional<Checksum> sourceDigest,
    Optional<HistoryState> history,
    List<String> warnings) {

  /** The longest lists in a report. */
  public static final int NEWEST = 20;

  /** Keeps as many warnings as there may be. */
  public RunReport {
    warnings = bounded(warnings);
  }

  private static <T> List<T> bounded(List<T> list) {
    return List.copyOf(list.subList(0, Math.min(NEWEST, list.size())));
  }

  /**
   * The target's history, seen with the source.
   *
   * @param currentVersion the highest applied version; absent before the first
   * @param applied how many migrations are applied, repeatable ones included
   * @param pending how many are in the source but not applied
   * @param head the newest entry; absent for an empty history
   * @param newest the {@value #NEWEST} newest entries, newest first
   * @param next the {@value #NEWEST} next pending migrations in their order
   */
  public record HistoryState(
      Optional<Version> currentVersion,
      int applied,
      int pending,
      Optional<HistoryEntry.Head> head,
      List<Item> newest,
      List<Item> next) {

    /** Keeps as many items as there may be. */
    public HistoryState {
      newest = bounded(newest);
      next = bounded(next);
    }
  }

  /**
   * One migration as shown to users.
   *
   * @param version text of its key
   * @param description in words; may be empty
   * @param state where it stands
   * @param checksum of its text; absent for a baseline
   * @param appliedAt by the target's clock; absent while pending
   * @param durationMillis of its step; absent while pending
   */
  public record Item(
      String version,
      String description,
      State state,
      Optional<Checksum> checksum,
      Optional<Instant> appliedAt,
      Optional<Long> durationMillis) {}

  /** Where a migration stands. */
  public enum State {
    /** In the history and in the source. */
    APPLIED,
    /** In the history, absent from the source. */
    MISSING,
    /** Declared by a baseline, not executed. */
    BASELINE,
    /** In the source, not in the history. */
    PENDING
  }
}
