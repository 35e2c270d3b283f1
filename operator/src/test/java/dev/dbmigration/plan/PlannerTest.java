package dev.dbmigration.plan;

import static dev.dbmigration.plan.Situations.baseline;
import static dev.dbmigration.plan.Situations.damagedAt;
import static dev.dbmigration.plan.Situations.outOfOrder;
import static dev.dbmigration.plan.Situations.seen;
import static dev.dbmigration.plan.Situations.unfinished;
import static dev.dbmigration.plan.Situations.unfinishedForGood;
import static org.assertj.core.api.Assertions.assertThat;

import dev.dbmigration.model.Plan.Step;
import dev.dbmigration.plan.Planning.Planned;
import dev.dbmigration.plan.Planning.Refused;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** One row per documented rule. */
class PlannerTest {

  /**
   * A rule.
   *
   * @param rule in words
   * @param situation see {@link Situations}
   * @param expected the steps, as keys and {@code =} for a baseline; or {@code !} and the reasons
   */
  record Row(String rule, Situation situation, String expected) {
    @Override
    public String toString() {
      return rule;
    }
  }

  private static Situation of(String source, String history, String objects) {
    return Situations.of(source, history, objects);
  }

  private static Row row(String rule, Situation situation, String expected) {
    return new Row(rule, situation, expected);
  }

  static Stream<Row> pending() {
    return Stream.of(
        row("everything runs on an empty target", of("1 2", "", ""), "1 2"),
        row("what is applied does not run again", of("1 2 3", "1", "t"), "2 3"),
        row("nothing is pending", of("1 2", "1 2", "t"), ""),
        row("versions run in their order", of("10 2 1.10 1.9", "", ""), "1.9 1.10 2 10"),
        row("1 and 1.0 are one version", of("1.0", "1", "t"), ""),
        row("repeatables run last, by description", of("R:b 1 R:a", "", ""), "1 R a R b"),
        row("a changed repeatable runs again", of("1 R:a:new R:b", "1 R:a:old R:b", "t"), "R a"),
        row("its newest text counts", of("1 R:a:old", "1 R:a:old R:a:new", "t"), "R a"),
        row("what is missing does not block", of("2 3", "1 2 R:a", "t"), "3"));
  }

  static Stream<Row> disagreements() {
    return Stream.of(
        row("an empty source is refused", of("", "", ""), "! SourceEmpty"),
        row("also with a history", of("", "1", "t"), "! SourceEmpty"),
        row("a changed file is refused", of("1:new 2", "1:old", "t"), "! ChecksumMismatch"),
        row(
            "all changed files are named",
            of("1:new 2:new 3", "1 2", "t"),
            "! ChecksumMismatch ChecksumMismatch"),
        row("a version twice is refused", of("1 1.0", "", ""), "! VersionDuplicate"),
        row("a repeatable twice is refused", of("1 R:a R:a:2", "", ""), "! VersionDuplicate"),
        row("a version below the highest is refused", of("1 2 3", "1 3", "t"), "! OutOfOrder"),
        row("unless it is allowed", outOfOrder(of("1 2 3 4", "1 3", "t")), "2 4"),
        row("a changed one is not", outOfOrder(of("1:new 3", "1 3", "t")), "! ChecksumMismatch"),
        row(
            "everything that is wrong is told at once",
            of("1:new 2 3 3", "1 3", "t"),
            "! VersionDuplicate ChecksumMismatch OutOfOrder"));
  }

  static Stream<Row> firstRun() {
    return Stream.of(
        row("a target with content is refused", of("1", "", "t"), "! TargetNotEmpty"),
        row("a baseline is recorded there", baseline("2", of("1 2 3", "", "t")), "=2 3"),
        row("without a migration above it", baseline("2", of("1 2", "", "t")), "=2"),
        row("with repeatables", baseline("1", of("1 R:a", "", "t")), "=1 R a"),
        row("a baseline does nothing on an empty one", baseline("2", of("1 3", "", "")), "1 3"),
        row("nor where there is a history", baseline("2", of("1 2 3", "1", "t")), "2 3"),
        row("what is below a recorded one stays", of("1 2 3", "=2", "t"), "3"),
        row("a baseline is no out-of-order", of("1 2.5 3", "=2 3", "t"), "! OutOfOrder"));
  }

  static Stream<Row> knownHistory() {
    return Stream.of(
        row("the history that was seen", seen("1 2", of("1 2 3", "1 2", "t")), "3"),
        row("a longer one", seen("1", of("1 2 3", "1 2", "t")), "3"),
        row("a shorter one", seen("1 2", of("1 2", "1", "t")), "! HistoryWentBack"),
        row("another one", seen("2 1", of("1 2", "1 2", "t")), "! HistoryWentBack"),
        row("none, with content", seen("1", of("1", "", "t")), "! HistoryWentBack"),
        row(
            "not even for a baseline",
            seen("1", baseline("1", of("1", "", "t"))),
            "! HistoryWentBack"),
        row("none, and an empty schema", seen("1 2", of("1 2", "", "")), "1 2"),
        row("damage", damagedAt(2, of("1 2 3", "1 2", "t")), "! HistoryDamaged"),
        row(
            "damage comes first",
            damagedAt(2, seen("2", of("1:n", "1", "t"))),
            "! HistoryDamaged"));
  }

  static Stream<Row> unfinishedMigrations() {
    return Stream.of(
        row("it is finished first", unfinished("3", of("1 2.5 3 4", "1", "t")), "3 2.5 4"),
        row("its tables are no foreign content", unfinished("1", of("1 2", "", "t")), "1 2"),
        row("its text must fit", unfinished("2", of("1 2:new", "1", "t")), "! PartiallyApplied"),
        row(
            "nor may what is done be another",
            unfinishedForGood("2", of("1 2", "1", "t")),
            "! PartiallyApplied"),
        row(
            "a repeatable is finished with its former text too",
            unfinished("R:a", of("1 R:a 2", "1 R:a", "t")),
            "R a 2"),
        row("it is not out of order", unfinished("2", of("1 2 3", "1 3", "t")), "2"),
        row("its file must be there", unfinished("2", of("1", "1", "t")), "! PartiallyApplied"));
  }

  @ParameterizedTest
  @MethodSource({"pending", "disagreements", "firstRun", "knownHistory", "unfinishedMigrations"})
  void plansByTheRules(Row row) {
    assertThat(written(Planner.plan(row.situation()))).isEqualTo(row.expected());
  }

  private static String written(Planning planning) {
    return switch (planning) {
      case Planned(var plan) ->
          plan.steps().stream().map(PlannerTest::written).collect(Collectors.joining(" "));
      case Refused(var findings) ->
          findings.stream()
              .map(finding -> finding.toFailure().reason().text())
              .collect(Collectors.joining(" ", "! ", ""));
    };
  }

  private static String written(Step step) {
    return switch (step) {
      case Step.RecordBaseline(var version) -> "=" + version;
      case Step.Apply(var migration) -> migration.key().text();
    };
  }
}
