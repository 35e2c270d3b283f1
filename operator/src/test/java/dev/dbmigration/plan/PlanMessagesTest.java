package dev.dbmigration.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dbmigration.model.Checksum;
import dev.dbmigration.model.Failure;
import dev.dbmigration.plan.Planning.Planned;
import dev.dbmigration.plan.Planning.Refused;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What users read when a plan is refused, or has a warning. */
class PlanMessagesTest {

  @Test
  void namesFileAndBothChecksumsOfAChangedMigration() {
    var failure = failure(Situations.of("1:new", "1:old", "t"));

    assertThat(failure.message())
        .isEqualTo(
            "Migration 1 in V1__x.sql was changed after it was applied: the history has %s, the"
                    .formatted(Checksum.ofText("old"))
                + " file %s.".formatted(Checksum.ofText("new")));
    assertThat(failure.remedy())
        .isEqualTo("Put the file back as it was, and write a new migration for the change.");
    assertThat(failure.migration()).contains("1");
    assertThat(failure.file()).contains("V1__x.sql");
  }

  @Test
  void saysWhatToDoAboutAVersionOutOfOrder() {
    var failure = failure(Situations.of("1 2 3", "1 3", "t"));

    assertThat(failure.message())
        .isEqualTo("Migration 2 in V2__x.sql is not applied, but version 3 above it is.");
    assertThat(failure.remedy())
        .isEqualTo("Give it a version above 3, or set spec.outOfOrder: Allow.");
    assertThat(failure.file()).contains("V2__x.sql");
  }

  @Test
  void namesBothFilesOfAVersion() {
    var failure = failure(Situations.of("1 1.0", "", ""));

    assertThat(failure.message())
        .contains("version 1 is given by more than one file: V1__x.sql, V1.0__x.sql.");
  }

  @Test
  void namesWhatASchemaHolds() {
    var failure = failure(Situations.of("1", "", "orders customers"));

    assertThat(failure.message()).contains("it holds orders, customers.");
    assertThat(failure.remedy()).contains("spec.baselineVersion");
  }

  @Test
  void saysHowTheHistoryWentBack() {
    var shorter = failure(Situations.seen("1 2 3", Situations.of("1", "1", "t")));
    var another = failure(Situations.seen("2 1", Situations.of("1 2", "1 2", "t")));

    assertThat(shorter.message()).startsWith("The target's history ends with entry 1, but entry 3");
    assertThat(another.message()).startsWith("The target's history has another entry 2, but");
    assertThat(shorter.remedy()).contains("spec.target");
  }

  @Test
  void saysWhereTheHistoryIsDamaged() {
    assertThat(failure(Situations.damagedAt(7, Situations.of("1", "1", "t"))).message())
        .contains("entry 7 does not continue the one before it");
  }

  @Test
  void saysThatTheFileOfAnUnfinishedMigrationIsGone() {
    var failure = failure(Situations.unfinished("2", Situations.of("1", "1", "t")));

    assertThat(failure.message()).startsWith("Migration 2 in V2__x.sql was begun, 1 of its parts");
    assertThat(failure.remedy()).startsWith("Put the file and the placeholders back");
  }

  @Test
  void warnsOfAppliedMigrationsThatAreMissing() {
    assertThat(warnings(Situations.of("4", "1 =2 3 R:views", "t")))
        .containsExactly("Applied, but missing in the source: 1, 3, R views.");
  }

  @Test
  void namesTenMissingMigrationsAtMost() {
    var history = IntStream.rangeClosed(1, 12).mapToObj(Integer::toString);

    var warnings = warnings(Situations.of("99", history.collect(Collectors.joining(" ")), "t"));

    assertThat(warnings).singleElement().asString().endsWith("8, 9, 10 and 2 more.");
  }

  @Test
  void warnsOfANewDatabase() {
    assertThat(warnings(Situations.seen("1 2", Situations.of("1", "", ""))))
        .singleElement()
        .asString()
        .contains("a new database stands behind the same address");
  }

  @Test
  void warnsOfWhatABaselineLeavesOut() {
    assertThat(warnings(Situations.baseline("2", Situations.of("1 2 3 R:a", "", "t"))))
        .containsExactly("The target is declared to stand at version 2; not executed: 1, 2.");
  }

  private static Failure failure(Situation situation) {
    return switch (Planner.plan(situation)) {
      case Refused(var findings) -> Failure.ofAll(findings);
      case Planned(var plan) -> throw new AssertionError("planned: " + plan);
    };
  }

  private static List<String> warnings(Situation situation) {
    return switch (Planner.plan(situation)) {
      case Planned(var plan) -> plan.warnings();
      case Refused(var findings) -> throw new AssertionError("refused: " + findings);
    };
  }
}
