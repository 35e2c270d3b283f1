package dev.dbmigration.model;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * One row of the history table: something that happened to the target, never changed afterwards.
 *
 * @param sequence 1 for the first entry, then without gaps
 * @param kind what happened
 * @param key the migration, or the version of a baseline
 * @param description in words; may be empty
 * @param file where the migration was read; absent for a baseline
 * @param checksum of the migration's text; absent for a baseline
 * @param startedAt when the step began, by the target's clock
 * @param duration of the step
 * @param runId the run that did it
 * @param hash over this entry and the hash of the one before
 */
public record HistoryEntry(
    long sequence,
    Kind kind,
    MigrationKey key,
    String description,
    Optional<String> file,
    Optional<Checksum> checksum,
    Instant startedAt,
    Duration duration,
    String runId,
    Checksum hash) {

  /** What an entry records. */
  public enum Kind {
    /** A migration was executed. */
    APPLIED,
    /** The target was declared to stand at a version; nothing was executed. */
    BASELINE
  }

  /**
   * The newest entry of a history, by which a shortened or rewritten history is noticed.
   *
   * @param sequence of the entry
   * @param hash of the entry
   */
  public record Head(long sequence, Checksum hash) {}

  /** This entry as the head of its history. */
  public Head head() {
    return new Head(sequence, hash);
  }
}
