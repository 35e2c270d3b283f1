package dev.dbmigration.plan;

import dev.dbmigration.model.Checksum;
import dev.dbmigration.model.HistoryEntry;
import dev.dbmigration.model.HistoryEntry.Kind;
import dev.dbmigration.model.HistoryEntry.Link;
import dev.dbmigration.model.Migration;
import dev.dbmigration.model.MigrationKey;
import dev.dbmigration.model.Policy;
import dev.dbmigration.model.Version;
import dev.dbmigration.plan.Situation.TargetState;
import dev.dbmigration.plan.Situation.Unfinished;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Situations in short notation: a source is {@code "1 2 R:views"}, a history {@code "=1 2 2:changed
 * R:views"}. A text behind a second colon, or behind the one of a version, is the file's content;
 * {@code =} marks a baseline.
 */
final class Situations {

  private Situations() {}

  static Situation of(String source, String history, String objects) {
    return new Situation(
        migrations(source),
        new TargetState(history(history), words(objects), Optional.empty(), Optional.empty()),
        Policy.STRICT,
        Optional.empty());
  }

  static Situation with(Situation situation, Policy policy) {
    return new Situation(situation.source(), situation.target(), policy, situation.knownHead());
  }

  static Situation baseline(String version, Situation situation) {
    return with(situation, new Policy(Optional.of(Version.parse(version)), false));
  }

  static Situation outOfOrder(Situation situation) {
    return with(situation, new Policy(Optional.empty(), true));
  }

  /** The resource has seen the newest entry of another history. */
  static Situation seen(String history, Situation situation) {
    return new Situation(
        situation.source(),
        situation.target(),
        situation.policy(),
        Optional.of(history(history).getLast().head()));
  }

  static Situation damagedAt(long sequence, Situation situation) {
    var target = situation.target();
    return new Situation(
        situation.source(),
        new TargetState(
            target.entries(), target.otherObjects(), target.unfinished(), Optional.of(sequence)),
        situation.policy(),
        situation.knownHead());
  }

  static Situation unfinished(String word, Situation situation) {
    var migration = migration(word);
    return unfinished(migration, Optional.of(migration.checksum()), situation);
  }

  /** No text that the source has may finish it. */
  static Situation unfinishedForGood(String word, Situation situation) {
    return unfinished(migration(word), Optional.empty(), situation);
  }

  private static Situation unfinished(
      Migration migration, Optional<Checksum> with, Situation situation) {
    var target = situation.target();
    var begun = new Unfinished(migration.key(), migration.file(), with, 1);
    return new Situation(
        situation.source(),
        new TargetState(
            target.entries(), target.otherObjects(), Optional.of(begun), target.damagedAt()),
        situation.policy(),
        situation.knownHead());
  }

  static List<Migration> migrations(String source) {
    return words(source).stream().map(Situations::migration).toList();
  }

  static List<HistoryEntry> history(String history) {
    var entries = new ArrayList<HistoryEntry>();
    var previous = Optional.<Checksum>empty();
    for (var word : words(history)) {
      var entry = entry(word, entries.size() + 1, previous);
      entries.add(entry);
      previous = Optional.of(entry.hash());
    }
    return entries;
  }

  private static Migration migration(String word) {
    var parts = word.split(":", -1);
    if (parts[0].equals("R")) {
      var key = new MigrationKey.Repeatable(parts[1]);
      return Migration.of(key, parts[1], "R__" + parts[1] + ".sql", part(parts, 2));
    }
    var key = new MigrationKey.Versioned(Version.parse(parts[0]));
    var content = part(parts, 1);
    return Migration.of(key, "x", "V" + parts[0] + "__x.sql", content);
  }

  private static String part(String[] parts, int index) {
    return index < parts.length ? parts[index] : "";
  }

  private static HistoryEntry entry(String word, long sequence, Optional<Checksum> previous) {
    boolean isBaseline = word.startsWith("=");
    var migration = migration(isBaseline ? word.substring(1) : word);
    var link =
        new Link(
            previous,
            sequence,
            isBaseline ? Kind.BASELINE : Kind.APPLIED,
            migration.key(),
            migration.description(),
            isBaseline ? Optional.empty() : Optional.of(migration.file()),
            isBaseline ? Optional.empty() : Optional.of(migration.checksum()),
            "shop/orders/1");
    return new HistoryEntry(
        sequence,
        link.kind(),
        link.key(),
        link.description(),
        link.file(),
        link.checksum(),
        Instant.EPOCH.plusSeconds(sequence),
        Duration.ofMillis(5),
        link.runId(),
        link.hash());
  }

  private static List<String> words(String text) {
    return Arrays.stream(text.split(" ", -1)).filter(word -> !word.isEmpty()).toList();
  }
}
