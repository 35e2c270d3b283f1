package dev.dbmigration.plan;

import dev.dbmigration.model.HistoryEntry;
import dev.dbmigration.model.Migration;
import dev.dbmigration.model.MigrationKey;
import dev.dbmigration.model.Version;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A history, as the planner asks about it.
 *
 * @param applied the newest entry of each applied migration
 * @param baseline the version up to which the target was declared to stand; absent without a
 *     baseline
 */
record Past(Map<MigrationKey, HistoryEntry> applied, Optional<Version> baseline) {

  static Past of(List<HistoryEntry> entries) {
    var applied = new LinkedHashMap<MigrationKey, HistoryEntry>();
    var baseline = Optional.<Version>empty();
    for (var entry : entries) {
      switch (entry.kind()) {
        case APPLIED -> applied.put(entry.key(), entry);
        case BASELINE -> baseline = version(entry.key());
      }
    }
    return new Past(applied, baseline);
  }

  Optional<HistoryEntry> entryOf(Migration migration) {
    return Optional.ofNullable(applied.get(migration.key()));
  }

  /** The highest version that is applied or declared. */
  Optional<Version> currentVersion() {
    var versions = applied.keySet().stream().flatMap(key -> version(key).stream());
    return Stream.concat(versions, baseline.stream()).max(Comparator.naturalOrder());
  }

  boolean isPending(Migration migration) {
    return switch (migration.key()) {
      case MigrationKey.Versioned(var version) ->
          entryOf(migration).isEmpty() && !isBelowBaseline(version);
      case MigrationKey.Repeatable _ -> !hasSameText(migration);
    };
  }

  /** Whether the migration is applied with the text that it has in the source. */
  boolean hasSameText(Migration migration) {
    return entryOf(migration)
        .flatMap(HistoryEntry::checksum)
        .filter(migration.checksum()::equals)
        .isPresent();
  }

  private boolean isBelowBaseline(Version version) {
    return baseline.filter(declared -> version.compareTo(declared) <= 0).isPresent();
  }

  private static Optional<Version> version(MigrationKey key) {
    return switch (key) {
      case MigrationKey.Versioned(var version) -> Optional.of(version);
      case MigrationKey.Repeatable _ -> Optional.empty();
    };
  }
}
