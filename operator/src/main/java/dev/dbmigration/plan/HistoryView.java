package dev.dbmigration.plan;

import dev.dbmigration.model.HistoryEntry;
import dev.dbmigration.model.Migration;
import dev.dbmigration.model.MigrationKey;
import dev.dbmigration.model.RunReport;
import dev.dbmigration.model.RunReport.HistoryState;
import dev.dbmigration.model.RunReport.Item;
import dev.dbmigration.model.RunReport.State;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** A history as users see it, next to the source. */
public final class HistoryView {

  private HistoryView() {}

  /**
   * Where a target stands.
   *
   * @param source the migrations of the source, in any order
   * @param entries the whole history by ascending sequence
   */
  public static HistoryState of(List<Migration> source, List<HistoryEntry> entries) {
    var past = Past.of(entries);
    var present = source.stream().map(Migration::key).collect(Collectors.toSet());
    var pending = source.stream().filter(past::isPending).sorted(ExecutionOrder.BY_KEY).toList();
    var newestFirst = entries.reversed();
    return new HistoryState(
        past.currentVersion(),
        past.applied().size(),
        pending.size(),
        newestFirst.stream().findFirst().map(HistoryEntry::head),
        newestFirst.stream().limit(RunReport.NEWEST).map(entry -> item(entry, present)).toList(),
        pending.stream().limit(RunReport.NEWEST).map(HistoryView::item).toList());
  }

  private static Item item(HistoryEntry entry, Set<MigrationKey> present) {
    return new Item(
        entry.key().text(),
        entry.description(),
        state(entry, present),
        entry.checksum(),
        Optional.of(entry.startedAt()),
        Optional.of(entry.duration().toMillis()));
  }

  private static State state(HistoryEntry entry, Set<MigrationKey> present) {
    return switch (entry.kind()) {
      case BASELINE -> State.BASELINE;
      case APPLIED -> present.contains(entry.key()) ? State.APPLIED : State.MISSING;
    };
  }

  private static Item item(Migration migration) {
    return new Item(
        migration.key().text(),
        migration.description(),
        State.PENDING,
        Optional.of(migration.checksum()),
        Optional.empty(),
        Optional.empty());
  }
}
