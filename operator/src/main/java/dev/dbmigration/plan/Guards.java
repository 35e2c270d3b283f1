package dev.dbmigration.plan;

import dev.dbmigration.model.Finding;
import dev.dbmigration.model.HistoryEntry;
import dev.dbmigration.model.Migration;
import dev.dbmigration.model.MigrationKey;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What must hold before source and history are compared at all. */
final class Guards {

  private Guards() {}

  static List<Finding> findings(Situation situation) {
    return Stream.of(sourceEmpty(situation), historyUnsound(situation))
        .flatMap(Optional::stream)
        .toList();
  }

  private static Optional<Finding> sourceEmpty(Situation situation) {
    return situation.source().isEmpty() ? Optional.of(new Finding.SourceEmpty()) : Optional.empty();
  }

  /** The first that holds: each makes the later ones meaningless. */
  private static Optional<Finding> historyUnsound(Situation situation) {
    return damaged(situation).or(() -> wentBack(situation)).or(() -> targetNotEmpty(situation));
  }

  private static Optional<Finding> damaged(Situation situation) {
    return situation.target().damagedAt().map(Finding.HistoryDamaged::new);
  }

  private static Optional<Finding> wentBack(Situation situation) {
    var entries = situation.target().entries();
    return situation
        .knownHead()
        .filter(_ -> !isNewDatabase(situation))
        .filter(known -> entries.stream().map(HistoryEntry::head).noneMatch(known::equals))
        .map(known ->
            new Finding.HistoryWentBack(
                known, entries.reversed().stream().findFirst().map(HistoryEntry::head)));
  }

  private static boolean isNewDatabase(Situation situation) {
    return situation.target().isWithoutHistory() && situation.target().otherObjects().isEmpty();
  }

  private static Optional<Finding> targetNotEmpty(Situation situation) {
    var target = situation.target();
    return target.isWithoutHistory()
            && !target.otherObjects().isEmpty()
            && situation.policy().baseline().isEmpty()
        ? Optional.of(new Finding.TargetNotEmpty(target.otherObjects()))
        : Optional.empty();
  }

  /** Migrations of the source that have one key. */
  static List<Finding> duplicates(List<Migration> source) {
    var files = new LinkedHashMap<MigrationKey, List<String>>();
    for (var migration : source) {
      files.computeIfAbsent(migration.key(), _ -> new ArrayList<>()).add(migration.file());
    }
    return files.entrySet().stream()
        .filter(entry -> entry.getValue().size() > 1)
        .<Finding>map(entry -> new Finding.VersionDuplicate(entry.getKey(), entry.getValue()))
        .toList();
  }
}
