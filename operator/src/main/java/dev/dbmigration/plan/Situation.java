package dev.dbmigration.plan;

import dev.dbmigration.model.Checksum;
import dev.dbmigration.model.HistoryEntry;
import dev.dbmigration.model.Migration;
import dev.dbmigration.model.MigrationKey;
import dev.dbmigration.model.Policy;
import java.util.List;
import java.util.Optional;

/**
 * Everything that a plan depends on.
 *
 * @param source the migrations of the source, in any order
 * @param target what the target says about itself
 * @param policy what the user allows
 * @param knownHead the newest history entry that the resource has seen; absent before the first
 *     success
 */
public record Situation(
    List<Migration> source,
    TargetState target,
    Policy policy,
    Optional<HistoryEntry.Head> knownHead) {

  /** Copies the source. */
  public Situation {
    source = List.copyOf(source);
  }

  /**
   * What the target says about itself.
   *
   * @param entries the history by ascending sequence; empty before the first run
   * @param otherObjects names of objects in the schema that are not ours; empty for an empty schema
   * @param unfinished a migration that was begun in parts; absent in general
   * @param damagedAt sequence of the first entry that does not continue the chain; absent in
   *     general
   */
  public record TargetState(
      List<HistoryEntry> entries,
      List<String> otherObjects,
      Optional<Unfinished> unfinished,
      Optional<Long> damagedAt) {

    /** Copies the lists. */
    public TargetState {
      entries = List.copyOf(entries);
      otherObjects = List.copyOf(otherObjects);
    }

    /** Whether no run has ever recorded anything here. */
    boolean isWithoutHistory() {
      return entries.isEmpty() && unfinished.isEmpty();
    }
  }

  /**
   * A migration that is not atomic and was begun by an earlier run.
   *
   * @param key which one
   * @param file where it was read
   * @param checksum of the text with which it may be finished, with any other it is refused; absent
   *     if it may be with none that the source has
   * @param finished how many of its parts are done
   */
  public record Unfinished(
      MigrationKey key, String file, Optional<Checksum> checksum, int finished) {}
}
