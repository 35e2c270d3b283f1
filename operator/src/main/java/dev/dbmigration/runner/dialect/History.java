package dev.dbmigration.runner.dialect;

import dev.dbmigration.model.Checksum;
import dev.dbmigration.model.HistoryEntry;
import java.util.List;
import java.util.Optional;

/** The history table of the target. */
public interface History {

  /**
   * Reads all entries in their order, and what else the schema holds. Where the table is absent the
   * list is empty; nothing is created.
   *
   * @throws TargetException if the server refuses or is lost
   */
  Snapshot read() throws TargetException;

  /**
   * Creates what is absent of the tables. May be called again and by two runs at once.
   *
   * @throws TargetException if the server refuses or is lost
   */
  void create() throws TargetException;

  /**
   * The state of a target.
   *
   * @param entries by ascending sequence
   * @param otherObjects names of up to five objects in the schema that are not ours; empty for an
   *     empty schema
   * @param unfinished a migration that was begun in parts and has not been finished; absent in
   *     general
   * @param damagedAt sequence of the first entry whose hash does not fit; absent in general
   */
  record Snapshot(
      List<HistoryEntry> entries,
      List<String> otherObjects,
      Optional<Unfinished> unfinished,
      Optional<Long> damagedAt) {
    /** Copies the lists. */
    public Snapshot {
      entries = List.copyOf(entries);
      otherObjects = List.copyOf(otherObjects);
    }
  }

  /**
   * A migration that is not atomic and was begun by an earlier run.
   *
   * @param entry what is being applied
   * @param finished checksums of the segments that are certainly done, in their order, as {@link
   *     dev.dbmigration.sql.Script.Segment#checksum} gave them: a file may be mended behind them
   * @param inDoubt checksum of the segment that was begun and whose end was not recorded; absent in
   *     general, and when the dialect can find out by itself what became of it
   */
  record Unfinished(NewEntry entry, List<Checksum> finished, Optional<Checksum> inDoubt) {
    /** Copies the list. */
    public Unfinished {
      finished = List.copyOf(finished);
    }
  }
}
