package dev.dbmigration.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dbmigration.model.Checksum;
import dev.dbmigration.model.RunReport.HistoryState;
import dev.dbmigration.model.RunReport.Item;
import dev.dbmigration.model.RunReport.State;
import dev.dbmigration.model.Version;
import java.time.Instant;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class HistoryViewTest {

  @Test
  void showsAnEmptyHistory() {
    var state = view("1 2", "");

    assertThat(state.currentVersion()).isEmpty();
    assertThat(state.head()).isEmpty();
    assertThat(state.applied()).isZero();
    assertThat(state.pending()).isEqualTo(2);
    assertThat(state.next()).extracting(Item::state).containsOnly(State.PENDING);
  }

  @Test
  void countsWhatIsAppliedAndPending() {
    var state = view("1 2 3 4 R:a:new R:b R:c", "=1 2 3 R:a:old R:b R:b R:gone");

    assertThat(state.currentVersion()).contains(Version.parse("3"));
    assertThat(state.applied()).isEqualTo(5);
    assertThat(state.pending()).isEqualTo(3);
    assertThat(state.next()).extracting(Item::version).containsExactly("4", "R a", "R c");
    assertThat(state.head())
        .contains(Situations.history("=1 2 3 R:a:old R:b R:b R:gone").getLast().head());
  }

  @Test
  void showsTheNewestEntryFirstAndWhereItStands() {
    var state = view("2", "=1 2 3 R:gone");

    assertThat(state.newest()).extracting(Item::version).containsExactly("R gone", "3", "2", "1");
    assertThat(state.newest())
        .extracting(Item::state)
        .containsExactly(State.MISSING, State.MISSING, State.APPLIED, State.BASELINE);
  }

  @Test
  void takesTimesAndChecksumFromTheEntry() {
    var item = view("1:text", "1:text").newest().getFirst();

    assertThat(item.checksum()).contains(Checksum.ofText("text"));
    assertThat(item.appliedAt()).contains(Instant.EPOCH.plusSeconds(1));
    assertThat(item.durationMillis()).contains(5L);
    assertThat(item.description()).isEqualTo("x");
  }

  @Test
  void countsABaselineAsTheCurrentVersion() {
    assertThat(view("1 2", "=7").currentVersion()).contains(Version.parse("7"));
    assertThat(view("1 2", "=7").pending()).isZero();
  }

  @Test
  void showsTheNewestAndTheNextTwentyOnly() {
    var state = view(numbers(1, 90), numbers(1, 45));

    assertThat(state.newest()).hasSize(20);
    assertThat(state.newest().getLast().version()).isEqualTo("26");
    assertThat(state.next()).hasSize(20);
    assertThat(state.next().getFirst().version()).isEqualTo("46");
    assertThat(state.applied()).isEqualTo(45);
    assertThat(state.pending()).isEqualTo(45);
  }

  private static HistoryState view(String source, String history) {
    return HistoryView.of(Situations.migrations(source), Situations.history(history));
  }

  private static String numbers(int first, int last) {
    return IntStream.rangeClosed(first, last)
        .mapToObj(Integer::toString)
        .collect(Collectors.joining(" "));
  }
}
