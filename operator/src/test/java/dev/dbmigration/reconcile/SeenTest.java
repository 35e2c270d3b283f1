package dev.dbmigration.reconcile;

import static dev.dbmigration.reconcile.Observations.badly;
import static dev.dbmigration.reconcile.Observations.head;
import static dev.dbmigration.reconcile.Observations.reported;
import static dev.dbmigration.reconcile.Observations.well;
import static org.assertj.core.api.Assertions.assertThat;

import dev.dbmigration.model.Reason;
import dev.dbmigration.model.RunOutcome;
import org.junit.jupiter.api.Test;

/** Which head of a history counts as known afterwards. */
class SeenTest {

  @Test
  void aRefusedShorterHistoryIsNotAccepted() {
    assertThat(seen(badly(Reason.HISTORY_WENT_BACK), 3).acceptedHead()).isEmpty();
  }

  @Test
  void aShorterHistoryIsNotAcceptedFromARunThatFailedBeforeItLookedAtIt() {
    assertThat(seen(badly(Reason.FILE_NAME_INVALID), 3).acceptedHead()).isEmpty();
  }

  @Test
  void aHistoryThatGrewIsAcceptedFromAFailedRun() {
    assertThat(seen(badly(Reason.MIGRATION_FAILED), 6).acceptedHead()).isEqualTo(head(6));
  }

  @Test
  void aShorterHistoryIsAcceptedFromARunThatBeganAfreshAndFailedLater() {
    var failed = new RunOutcome.Failed(Observations.failure(Reason.MIGRATION_FAILED), 1);

    assertThat(seen(failed, 1).acceptedHead()).isEqualTo(head(1));
  }

  @Test
  void aShorterHistoryIsAcceptedFromARunThatSucceeded() {
    assertThat(seen(well(), 2).acceptedHead()).isEqualTo(head(2));
  }

  @Test
  void whereOnlyTheSummaryCouldBeReadAWarningSaysSo() {
    var end = (JobState.End.Reported) reported(well(), 2);

    var seen = Seen.inSummary(end.report(), head(2));

    assertThat(seen.extent()).isEqualTo(Seen.Extent.PART);
    assertThat(seen.warnings())
        .singleElement()
        .asString()
        .contains("The details of run 1 could not be read", "pods/log", "spec.source.revision");
  }

  private static Seen seen(RunOutcome outcome, long sequence) {
    var end = (JobState.End.Reported) reported(outcome, sequence);
    return Seen.in(end.report(), head(5));
  }
}
