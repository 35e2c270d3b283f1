package dev.dbmigration.reconcile;

import static dev.dbmigration.reconcile.Observations.NOW;
import static dev.dbmigration.reconcile.Observations.THESE;
import static dev.dbmigration.reconcile.Observations.badly;
import static dev.dbmigration.reconcile.Observations.ended;
import static dev.dbmigration.reconcile.Observations.fresh;
import static dev.dbmigration.reconcile.Observations.reported;
import static dev.dbmigration.reconcile.Observations.run;
import static dev.dbmigration.reconcile.Observations.running;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import dev.dbmigration.model.Reason;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What kubectl, Flux, Helm and Argo CD can rely on. */
class KstatusTest {

  @ParameterizedTest
  @CsvSource({
    "A_JOB_IS_ACTIVE, IN_PROGRESS, false",
    "AS_MANY_RUNS_ARE_ACTIVE_AS_ARE_ALLOWED, IN_PROGRESS, false",
    "THE_NEWEST_RUN_WAS_FOR_THESE_INPUTS_AND_FAILED_THE_PAUSE_IS_NOT_OVER, IN_PROGRESS, false",
    "A_CONFIGMAP_IS_MISSING, IN_PROGRESS, false",
    "SUSPENDED, IN_PROGRESS, false",
    "THE_NEWEST_RUN_WAS_FOR_THESE_INPUTS_AND_SUCCEEDED, CURRENT, true",
    "A_JOB_ENDED_WELL_ITS_RESULT_IS_NOT_IN_THE_STATUS, CURRENT, true",
    "A_JOB_ENDED_WELL_THE_SPECIFICATION_HAS_CHANGED_SINCE, IN_PROGRESS, false",
    "THE_NEWEST_RUN_WAS_FOR_THESE_INPUTS_AND_FAILED_ONLY_A_PERSON_CAN_HELP, FAILED, false",
    "AS_MANY_RUNS_FAILED_AS_THERE_ARE_ATTEMPTS_THE_PAUSE_IS_NOT_OVER, FAILED, false",
    "A_JOB_IS_ACTIVE_AFTER_AS_MANY_FAILURES_AS_ATTEMPTS, FAILED, false",
    "A_JOB_IS_ACTIVE_ITS_NODE_DOES_NOT_ANSWER, FAILED, false",
    "THE_SPECIFICATION_CONTRADICTS_ITSELF, FAILED, false"
  })
  void toolsJudgeEachSituationRightly(DecisionRows situation, Kstatus judged, boolean endsWait) {
    var seen = situation.row().observation();

    var status = StatusView.of(seen, Reconciliation.decide(seen, NOW), NOW).orElseThrow();

    assertThat(Kstatus.of(7, status.observedGeneration(), status.conditions())).isEqualTo(judged);
    assertThat(Kstatus.endsWait(7, status.conditions())).isEqualTo(endsWait);
  }

  @Test
  void aResourceThatNobodyHasSeenIsInProgress() {
    assertThat(Kstatus.of(1, -1, List.of())).isEqualTo(Kstatus.IN_PROGRESS);
  }

  @Test
  void aTransitionTimeMovesOnlyWithTheStatus() {
    var start =
        new Condition(Condition.Type.READY, false, "MigrationRunning", "", 7, NOW.minusSeconds(9));
    var seen =
        fresh()
            .recording(run(1, 1, THESE, running()), start)
            .with(ended(1, THESE, reported(badly(Reason.MIGRATION_FAILED))))
            .value();

    var status = StatusView.of(seen, Reconciliation.decide(seen, NOW), NOW).orElseThrow();

    assertThat(status.conditions())
        .extracting(Condition::type, Condition::since)
        .containsExactly(
            tuple(Condition.Type.READY, NOW.minusSeconds(9)), tuple(Condition.Type.STALLED, NOW));
  }

  @Test
  void whatIsSaidAfterARunIsStillSaidWhenNothingIsDone() {
    var seen = DecisionRows.A_JOB_ENDED_WELL_ITS_RESULT_IS_NOT_IN_THE_STATUS.row().observation();
    var settled = StatusView.of(seen, Reconciliation.decide(seen, NOW), NOW).orElseThrow();
    var later =
        fresh()
            .recording(
                new Recorded(
                    settled.conditions(),
                    1,
                    settled.lastRun(),
                    Optional.of("2"),
                    2,
                    Observations.head(2)))
            .value();

    var status =
        StatusView.of(later, Reconciliation.decide(later, NOW), NOW.plusSeconds(60)).orElseThrow();

    assertThat(status.conditions()).isEqualTo(settled.conditions());
  }
}
