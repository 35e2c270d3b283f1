package dev.dbmigration.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dbmigration.model.HistoryEntry.Kind;
import dev.dbmigration.model.HistoryEntry.Link;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class HistoryEntryTest {

  @Test
  void findsNoDamageInASoundHistory() {
    assertThat(HistoryEntry.damagedAt(List.of())).isEmpty();
    assertThat(HistoryEntry.damagedAt(history(3))).isEmpty();
  }

  @Test
  void noticesAChangedEntry() {
    var entries = history(3);
    var second = entries.get(1);

    entries.set(1, withDescription(second, "something else"));

    assertThat(HistoryEntry.damagedAt(entries)).contains(2L);
  }

  @Test
  void noticesAnEntryThatWasChangedAndHashedAgain() {
    var entries = history(3);
    var first = entries.getFirst();

    entries.set(1, entry(Optional.of(first.hash()), 2, "forged"));

    assertThat(HistoryEntry.damagedAt(entries)).contains(3L);
  }

  @Test
  void noticesADeletedEntry() {
    var entries = history(3);

    entries.remove(1);

    assertThat(HistoryEntry.damagedAt(entries)).contains(3L);
  }

  @Test
  void noticesThatTheBeginningIsGone() {
    var entries = history(3);

    entries.removeFirst();

    assertThat(HistoryEntry.damagedAt(entries)).contains(2L);
  }

  @Test
  void keepsTheHashThatHistoriesHold() {
    assertThat(history(2))
        .extracting(entry -> entry.hash().value())
        .containsExactly(
            "sha256:03984d479c89bc964cb21e94c6e9eaf254629d120dc020b2c1eee72b115fa04b",
            "sha256:1874ef6060606374ebf0e04add5018da69f240b831f39eb952211a800e104889");
  }

  @Test
  void hashesABaselineAndAnAppliedMigrationDifferently() {
    var checksum = Optional.of(Checksum.ofText("x"));
    var baseline =
        new Link(
            Optional.empty(),
            1,
            Kind.BASELINE,
            versioned("1"),
            "",
            Optional.empty(),
            checksum,
            "r");
    var applied =
        new Link(
            Optional.empty(), 1, Kind.APPLIED, versioned("1"), "", Optional.empty(), checksum, "r");

    assertThat(baseline.hash()).isNotEqualTo(applied.hash());
  }

  private static List<HistoryEntry> history(int length) {
    var entries = new ArrayList<HistoryEntry>();
    var previous = Optional.<Checksum>empty();
    for (int sequence = 1; sequence <= length; sequence++) {
      var entry = entry(previous, sequence, "step " + sequence);
      entries.add(entry);
      previous = Optional.of(entry.hash());
    }
    return entries;
  }

  private static HistoryEntry entry(Optional<Checksum> previous, long sequence, String words) {
    var link =
        new Link(
            previous,
            sequence,
            Kind.APPLIED,
            versioned(Long.toString(sequence)),
            words,
            Optional.of("V" + sequence + "__step.sql"),
            Optional.of(Checksum.ofText("SELECT " + sequence)),
            "shop/orders/1");
    return stored(link, words, link.hash());
  }

  private static HistoryEntry withDescription(HistoryEntry entry, String words) {
    var link =
        new Link(
            Optional.empty(),
            entry.sequence(),
            entry.kind(),
            entry.key(),
            words,
            entry.file(),
            entry.checksum(),
            entry.runId());
    return stored(link, words, entry.hash());
  }

  private static HistoryEntry stored(Link link, String words, Checksum hash) {
    return new HistoryEntry(
        link.sequence(),
        link.kind(),
        link.key(),
        words,
        link.file(),
        link.checksum(),
        Instant.EPOCH,
        Duration.ZERO,
        link.runId(),
        hash);
  }

  private static MigrationKey versioned(String version) {
    return new MigrationKey.Versioned(Version.parse(version));
  }
}
