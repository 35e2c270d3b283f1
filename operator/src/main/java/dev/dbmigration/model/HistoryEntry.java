package dev.dbmigration.model;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
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

  /**
   * The sequence number of the first entry that does not continue the chain: its number leaves a
   * gap, or its hash fits neither its content nor the entry before. Empty for a sound history.
   *
   * @param entries a whole history, by ascending sequence
   */
  public static Optional<Long> damagedAt(List<HistoryEntry> entries) {
    var previousHash = Optional.<Checksum>empty();
    long expected = 1;
    for (var entry : entries) {
      var link = entry.after(previousHash);
      if (entry.sequence != expected || !entry.hash.equals(link.hash())) {
        return Optional.of(entry.sequence);
      }
      previousHash = Optional.of(entry.hash);
      expected++;
    }
    return Optional.empty();
  }

  private Link after(Optional<Checksum> previousHash) {
    return new Link(previousHash, sequence, kind, key, description, file, checksum, runId);
  }

  /**
   * What an entry's hash covers: everything that is known before its step begins, and the hash of
   * the entry before. Times are left out: the target's clock sets them.
   *
   * @param previousHash of the entry before; absent for the first
   * @param sequence see {@link HistoryEntry}
   * @param kind see {@link HistoryEntry}
   * @param key see {@link HistoryEntry}
   * @param description see {@link HistoryEntry}
   * @param file see {@link HistoryEntry}
   * @param checksum see {@link HistoryEntry}
   * @param runId see {@link HistoryEntry}
   */
  public record Link(
      Optional<Checksum> previousHash,
      long sequence,
      Kind kind,
      MigrationKey key,
      String description,
      Optional<String> file,
      Optional<Checksum> checksum,
      String runId) {

    /** The hash that the entry carries. The way it is computed never changes: histories hold it. */
    public Checksum hash() {
      var canonical = new StringBuilder("dbmigration history entry 1\n");
      append(canonical, previousHash.map(Checksum::value));
      append(canonical, Optional.of(Long.toString(sequence)));
      append(canonical, Optional.of(kind.name()));
      append(canonical, Optional.of(kindOf(key)));
      append(canonical, Optional.of(key.text()));
      append(canonical, Optional.of(description));
      append(canonical, file);
      append(canonical, checksum.map(Checksum::value));
      append(canonical, Optional.of(runId));
      return Checksum.ofBytes(canonical.toString().getBytes(StandardCharsets.UTF_8));
    }

    /** Each value with its length, so that no two entries have the same form. */
    private static void append(StringBuilder canonical, Optional<String> value) {
      canonical.append(value.map(text -> text.length() + ":" + text).orElse("-")).append('\n');
    }

    private static String kindOf(MigrationKey key) {
      return switch (key) {
        case MigrationKey.Versioned _ -> "versioned";
        case MigrationKey.Repeatable _ -> "repeatable";
      };
    }
  }
}
