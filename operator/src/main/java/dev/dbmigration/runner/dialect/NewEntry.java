package dev.dbmigration.runner.dialect;

import dev.dbmigration.model.Checksum;
import dev.dbmigration.model.HistoryEntry;
import dev.dbmigration.model.MigrationKey;
import java.util.Optional;

/**
 * An entry that is about to be written.
 *
 * @param sequence the last one seen plus 1: the fence by which a second run fails before it has
 *     executed anything
 * @param previousHash of the entry before; absent for the first
 * @param kind what happens
 * @param key the migration or the baseline's version
 * @param description in words; may be empty
 * @param file where the migration was read; absent for a baseline
 * @param checksum of the migration's text; absent for a baseline
 * @param runId the run that does it
 */
public record NewEntry(
    long sequence,
    Optional<Checksum> previousHash,
    HistoryEntry.Kind kind,
    MigrationKey key,
    String description,
    Optional<String> file,
    Optional<Checksum> checksum,
    String runId) {

  /** The hash that the entry will carry. */
  public Checksum hash() {
    return new HistoryEntry.Link(
            previousHash, sequence, kind, key, description, file, checksum, runId)
        .hash();
  }
}
