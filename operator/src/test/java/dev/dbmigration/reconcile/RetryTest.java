package dev.dbmigration.reconcile;

import static dev.dbmigration.reconcile.Observations.ATTEMPTS;
import static dev.dbmigration.reconcile.Observations.CONTENT;
import static dev.dbmigration.reconcile.Observations.NOW;
import static dev.dbmigration.reconcile.Observations.OTHERS;
import static dev.dbmigration.reconcile.Observations.THESE;
import static dev.dbmigration.reconcile.Observations.failed;
import static dev.dbmigration.reconcile.Observations.fresh;
import static dev.dbmigration.reconcile.Observations.run;
import static dev.dbmigration.reconcile.Observations.tidy;
import static org.assertj.core.api.Assertions.assertThat;

import dev.dbmigration.model.Reason;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** When, and how often, a run is tried again. */
class RetryTest {

  @ParameterizedTest
  @CsvSource({
    "TARGET_UNREACHABLE, 1, 10",
    "TARGET_UNREACHABLE, 2, 20",
    "TARGET_UNREACHABLE, 3, 40",
    "TARGET_UNREACHABLE, 6, 320",
    "TARGET_UNREACHABLE, 7, 600",
    "TARGET_UNREACHABLE, 1000000, 600",
    "LOGIN_REFUSED, 1, 60",
    "LOGIN_REFUSED, 4, 480",
    "LOGIN_REFUSED, 5, 600"
  })
  void thePauseDoublesUpToTenMinutes(Reason reason, int attempt, long seconds) {
    assertThat(RecordedRun.pause(reason, attempt)).isEqualTo(Duration.ofSeconds(seconds));
  }

  @Test
  void whatIsLeftOfThePauseIsWaited() {
    var seen = fresh().recording(run(1, 1, THESE, failed(Reason.LOGIN_REFUSED, seconds(25))));

    var decision = Reconciliation.decide(seen.value(), NOW);

    assertThat(decision)
        .isInstanceOfSatisfying(
            Decision.RetryLater.class, retry -> assertThat(retry.pause()).isEqualTo(seconds(35)));
  }

  @Test
  void attemptsGoOnForEverAndCount() {
    var seen = fresh().recording(run(99, 98, THESE, failed(Reason.DISK_FULL, seconds(601))));

    var decision = Reconciliation.decide(seen.value(), NOW);

    assertThat(decision).isEqualTo(new Decision.Launch(100, 99, CONTENT, THESE));
  }

  @Test
  void attemptsForOtherInputsDoNotCount() {
    var seen =
        fresh().recording(run(4, ATTEMPTS, OTHERS, failed(Reason.TARGET_UNREACHABLE, seconds(1))));

    var decision = Reconciliation.decide(seen.value(), NOW);

    assertThat(decision).isEqualTo(new Decision.Launch(5, 1, CONTENT, THESE));
  }

  @Test
  void aRunNumberThatAJobHasIsNotUsedAgain() {
    var last = run(9, 1, OTHERS, failed(Reason.MIGRATION_FAILED, seconds(5)));
    var seen = fresh().recording(last).with(tidy(12, OTHERS)).value();

    assertThat(seen.nextRun()).isEqualTo(13);
  }

  @Test
  void whatMayNotBeTidiedHoldsUpNothingElse() {
    var seen = DecisionRows.A_RESULT_IS_IN_THE_STATUS_ITS_JOB_IS_NOT_TIDIED.row().observation();

    var decision = Reconciliation.decide(seen, NOW);

    assertThat(decision)
        .isInstanceOfSatisfying(
            Decision.Tidy.class,
            tidy -> assertThat(tidy.otherwise()).isEqualTo(new Decision.Rest()));
  }

  @ParameterizedTest
  @CsvSource({"-30, 10", "0, 30", "60, 90", "7200, 600"})
  void whatMayNotBeTidiedIsTriedAgainEverMoreSlowly(long later, long pause) {
    var seen = DecisionRows.A_RESULT_IS_IN_THE_STATUS_ITS_JOB_IS_NOT_TIDIED.row().observation();

    assertThat(seen.nextTidying(NOW.plusSeconds(later))).contains(seconds(pause));
  }

  private static Duration seconds(long seconds) {
    return Duration.ofSeconds(seconds);
  }
}
