package dev.dbmigration.controller.resource;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dbmigration.api.v1alpha1.AppliedMigration;
import dev.dbmigration.api.v1alpha1.DatabaseMigrationStatus;
import dev.dbmigration.model.Checksum;
import dev.dbmigration.model.HistoryEntry;
import dev.dbmigration.model.RunReport.HistoryState;
import dev.dbmigration.model.RunReport.Item;
import dev.dbmigration.model.RunReport.State;
import dev.dbmigration.model.Version;
import dev.dbmigration.reconcile.Seen;
import dev.dbmigration.reconcile.StatusView;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What a status shows after runs of which more or less could be read. */
class StatusRendererTest {

  private static final DatabaseMigrationStatus EMPTY =
      new DatabaseMigrationStatus(
          null, List.of(), null, null, null, null, null, null, null, null, List.of(), null,
          List.of());

  private static final DatabaseMigrationStatus BEFORE =
      new StatusRenderer(EMPTY).render(view(whole(3, items("1", "2", "3"), items("4", "5"))));

  @Test
  void listsStayWhereASummaryTellsOfNoChange() {
    var status = new StatusRenderer(BEFORE).render(view(summary(3, 2, "source")));

    assertThat(status.history()).isNotEmpty().isEqualTo(BEFORE.history());
    assertThat(status.plan()).isEqualTo(BEFORE.plan());
    assertThat(status.warnings())
        .containsExactly(Seen.NO_DETAILS + "2 could not be read", "V2 is missing");
  }

  @Test
  void listsThatMayBeWrongGoWithTheNewestEntry() {
    var status = new StatusRenderer(BEFORE).render(view(summary(5, 0, "source")));

    assertThat(status.history()).isEmpty();
    assertThat(status.applied()).isEqualTo(5);
    assertThat(status.plan().steps()).isEmpty();
    assertThat(status.warnings()).containsExactly(Seen.NO_DETAILS + "2 could not be read");
  }

  @Test
  void listsThatMayBeWrongGoWithTheSource() {
    var status = new StatusRenderer(BEFORE).render(view(summary(3, 2, "another source")));

    assertThat(status.history()).isEmpty();
    assertThat(status.plan().steps()).isEmpty();
    assertThat(status.plan().more()).isEqualTo(2);
  }

  @Test
  void twoSummariesInARowAreToldOnce() {
    var first = new StatusRenderer(BEFORE).render(view(summary(3, 2, "source")));

    var second = new StatusRenderer(first).render(view(summary(3, 2, "source")));

    assertThat(second.warnings()).isEqualTo(first.warnings());
    assertThat(second.history()).isEqualTo(BEFORE.history());
  }

  @Test
  void allStaysWhereNothingCouldBeRead() {
    var status = new StatusRenderer(BEFORE).render(view(Seen.NOTHING));

    assertThat(status.history()).isEqualTo(BEFORE.history());
    assertThat(status.plan()).isEqualTo(BEFORE.plan());
    assertThat(status.warnings()).containsExactly("V2 is missing");
  }

  @Test
  void whatAWholeReportDoesNotHaveGoes() {
    var whole =
        new Seen(
            Optional.empty(),
            source("source"),
            history(3, List.of(), List.of()),
            Optional.of(head(3)),
            List.of(),
            Seen.Extent.WHOLE);

    var status = new StatusRenderer(BEFORE).render(view(whole));

    assertThat(status.history()).isEmpty();
    assertThat(status.warnings()).isEmpty();
  }

  @Test
  void noListIsLongerThanItsBound() {
    var many = items(IntStream.rangeClosed(1, 30).mapToObj(String::valueOf).toArray(String[]::new));

    var status = new StatusRenderer(EMPTY).render(view(whole(30, many, many)));

    assertThat(status.history()).hasSize(20).first().returns("1", AppliedMigration::version);
    assertThat(status.plan().steps()).hasSize(20);
    assertThat(status.plan().more()).isEqualTo(10);
  }

  private static StatusView view(Seen seen) {
    return new StatusView(1, List.of(), 2, Optional.empty(), Optional.of(seen));
  }

  private static Seen whole(int applied, List<Item> newest, List<Item> next) {
    return new Seen(
        Optional.empty(),
        source("source"),
        history(applied, newest, next),
        Optional.of(head(applied)),
        List.of("V2 is missing"),
        Seen.Extent.WHOLE);
  }

  private static Seen summary(int applied, int pending, String source) {
    var history =
        new HistoryState(
            Optional.of(Version.parse("" + applied)),
            applied,
            pending,
            Optional.of(head(applied)),
            List.of(),
            List.of());
    return new Seen(
        Optional.empty(),
        source(source),
        Optional.of(history),
        Optional.of(head(applied)),
        List.of(Seen.NO_DETAILS + "2 could not be read"),
        Seen.Extent.PART);
  }

  private static Optional<HistoryState> history(int applied, List<Item> newest, List<Item> next) {
    return Optional.of(
        new HistoryState(
            Optional.of(Version.parse("" + applied)),
            applied,
            next.size(),
            Optional.of(head(applied)),
            newest,
            next));
  }

  private static Optional<Checksum> source(String text) {
    return Optional.of(Checksum.ofText(text));
  }

  private static HistoryEntry.Head head(int sequence) {
    return new HistoryEntry.Head(sequence, Checksum.ofText("head " + sequence));
  }

  private static List<Item> items(String... versions) {
    return List.of(versions).stream()
        .map(version ->
            new Item(
                version,
                "create",
                State.APPLIED,
                Optional.empty(),
                Optional.empty(),
                Optional.empty()))
        .toList();
  }
}
