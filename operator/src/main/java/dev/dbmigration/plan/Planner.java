package dev.dbmigration.plan;

import dev.dbmigration.model.Finding;
import dev.dbmigration.model.HistoryEntry;
import dev.dbmigration.model.Migration;
import dev.dbmigration.model.MigrationKey;
import dev.dbmigration.model.Plan;
import dev.dbmigration.model.Plan.Step;
import dev.dbmigration.model.Version;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Decides what a run does. */
public final class Planner {

  private static final int NAMED_AT_MOST = 10;

  private final Situation situation;
  private final Past past;
  private final Optional<Version> currentVersion;
  private final Optional<Version> newBaseline;

  private Planner(Situation situation) {
    this.situation = situation;
    this.newBaseline = newBaseline(situation);
    var recorded = Past.of(situation.target().entries());
    this.past = newBaseline.isPresent() ? new Past(recorded.applied(), newBaseline) : recorded;
    this.currentVersion = past.currentVersion();
  }

  /** Pairs source and history, and says what is to be done or why nothing may be. */
  public static Planning plan(Situation situation) {
    var fundamental = Guards.findings(situation);
    if (!fundamental.isEmpty()) {
      return new Planning.Refused(fundamental);
    }
    var planner = new Planner(situation);
    var findings = planner.disagreements();
    return findings.isEmpty()
        ? new Planning.Planned(new Plan(planner.steps(), planner.warnings()))
        : new Planning.Refused(findings);
  }

  /** A baseline acts only on a target with content and without history. */
  private static Optional<Version> newBaseline(Situation situation) {
    var target = situation.target();
    return target.isWithoutHistory() && !target.otherObjects().isEmpty()
        ? situation.policy().baseline()
        : Optional.empty();
  }

  private List<Finding> disagreements() {
    var sorted = situation.source().stream().sorted(ExecutionOrder.BY_KEY).toList();
    var findings = new ArrayList<Finding>();
    findings.addAll(Guards.duplicates(sorted));
    sorted.forEach(migration -> changed(migration).ifPresent(findings::add));
    sorted.forEach(migration -> outOfOrder(migration).ifPresent(findings::add));
    unfinishedChanged().ifPresent(findings::add);
    return findings;
  }

  private Optional<Finding> changed(Migration migration) {
    return switch (migration.key()) {
      case MigrationKey.Repeatable _ -> Optional.empty();
      case MigrationKey.Versioned key ->
          past.entryOf(migration)
              .flatMap(HistoryEntry::checksum)
              .filter(expected -> !expected.equals(migration.checksum()))
              .map(expected ->
                  new Finding.ChecksumMismatch(
                      key, migration.file(), expected, migration.checksum()));
    };
  }

  private Optional<Finding> outOfOrder(Migration migration) {
    return switch (migration.key()) {
      case MigrationKey.Repeatable _ -> Optional.empty();
      case MigrationKey.Versioned key ->
          currentVersion
              .filter(_ -> !situation.policy().outOfOrder())
              .filter(_ -> past.isPending(migration) && !isUnfinished(migration))
              .filter(highest -> key.version().compareTo(highest) < 0)
              .map(highest -> new Finding.OutOfOrder(key, migration.file(), highest));
    };
  }

  private Optional<Finding> unfinishedChanged() {
    return situation
        .target()
        .unfinished()
        .filter(begun ->
            situation.source().stream()
                .filter(this::isUnfinished)
                .noneMatch(
                    migration -> begun.checksum().filter(migration.checksum()::equals).isPresent()))
        .map(begun -> new Finding.UnfinishedChanged(begun.key(), begun.file(), begun.finished()));
  }

  private boolean isUnfinished(Migration migration) {
    return situation
        .target()
        .unfinished()
        .filter(begun -> begun.key().equals(migration.key()))
        .isPresent();
  }

  /** What was begun is finished before anything else is begun. */
  private List<Step> steps() {
    var order =
        Comparator.comparing((Migration migration) -> !isUnfinished(migration))
            .thenComparing(ExecutionOrder.BY_KEY);
    var applied =
        situation.source().stream()
            .filter(migration -> past.isPending(migration) || isUnfinished(migration))
            .sorted(order)
            .map(Step.Apply::new);
    return Stream.<Step>concat(newBaseline.map(Step.RecordBaseline::new).stream(), applied)
        .toList();
  }

  private List<String> warnings() {
    return Stream.of(newDatabase(), belowNewBaseline(), missing())
        .flatMap(Optional::stream)
        .toList();
  }

  private Optional<String> newDatabase() {
    return situation
        .knownHead()
        .filter(_ -> situation.target().isWithoutHistory())
        .map(known ->
            "The target is empty although entry "
                + known.sequence()
                + " of its history was seen before: a new database stands behind the same"
                + " address, and it is migrated from the beginning.");
  }

  private Optional<String> belowNewBaseline() {
    var skipped =
        situation.source().stream()
            .filter(migration -> migration.key() instanceof MigrationKey.Versioned)
            .filter(migration -> !past.isPending(migration))
            .sorted(ExecutionOrder.BY_KEY)
            .map(Migration::key)
            .toList();
    return newBaseline
        .filter(_ -> !skipped.isEmpty())
        .map(version ->
            "The target is declared to stand at version %s; not executed: %s."
                .formatted(version, named(skipped)));
  }

  private Optional<String> missing() {
    var present = situation.source().stream().map(Migration::key).collect(Collectors.toSet());
    var missing = past.applied().keySet().stream().filter(key -> !present.contains(key)).toList();
    return missing.isEmpty()
        ? Optional.empty()
        : Optional.of("Applied, but missing in the source: " + named(missing) + ".");
  }

  private static String named(List<? extends MigrationKey> keys) {
    var names =
        keys.stream()
            .limit(NAMED_AT_MOST)
            .map(MigrationKey::text)
            .collect(Collectors.joining(", "));
    int others = keys.size() - NAMED_AT_MOST;
    return others > 0 ? names + " and " + others + " more" : names;
  }
}
