package dev.dbmigration.reconcile;

import static dev.dbmigration.reconcile.Observations.ATTEMPTS;
import static dev.dbmigration.reconcile.Observations.OTHERS;
import static dev.dbmigration.reconcile.Observations.THESE;
import static dev.dbmigration.reconcile.Observations.active;
import static dev.dbmigration.reconcile.Observations.badly;
import static dev.dbmigration.reconcile.Observations.ended;
import static dev.dbmigration.reconcile.Observations.endedFirst;
import static dev.dbmigration.reconcile.Observations.failed;
import static dev.dbmigration.reconcile.Observations.failure;
import static dev.dbmigration.reconcile.Observations.fresh;
import static dev.dbmigration.reconcile.Observations.reported;
import static dev.dbmigration.reconcile.Observations.run;
import static dev.dbmigration.reconcile.Observations.running;
import static dev.dbmigration.reconcile.Observations.stalled;
import static dev.dbmigration.reconcile.Observations.succeeded;
import static dev.dbmigration.reconcile.Observations.tidy;
import static dev.dbmigration.reconcile.Observations.well;

import dev.dbmigration.model.Reason;
import dev.dbmigration.reconcile.Observation.Deletion;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The rows of the table of decisions, in its order. */
enum DecisionRows {
  DELETED_A_JOB_IS_ACTIVE(
      "| 1 | deleted, a Job is active | AwaitEnd | Reconciling, `Terminating` |",
      "AwaitEnd",
      "Reconciling Terminating",
      fresh().deleted(Deletion.REQUESTED).with(active(1, THESE, new JobState.Pod.Fine()))),
  DELETED_A_JOB_IS_ACTIVE_ITS_POD_CANNOT_START(
      "| 1 | deleted, a Job is active, its pod cannot start | AwaitEnd | Reconciling, `Terminating` |",
      "AwaitEnd",
      "Reconciling Terminating",
      fresh()
          .deleted(Deletion.REQUESTED)
          .with(active(1, THESE, new JobState.Pod.NotStarting("ErrImagePull: no such image.")))),
  DELETED_A_JOB_IS_ACTIVE_ITS_NODE_DOES_NOT_ANSWER(
      "| 1 | deleted, a Job is active, its node does not answer | AwaitEnd | Stalled, `Terminating` |",
      "AwaitEnd",
      "Stalled Terminating",
      fresh()
          .deleted(Deletion.REQUESTED)
          .with(active(1, THESE, new JobState.Pod.OnLostNode("worker-2")))),
  DELETED_NO_JOB_IS_ACTIVE(
      "| 2 | deleted, no Job is active | Release | none: the resource goes |",
      "Release",
      "",
      fresh().deleted(Deletion.REQUESTED).with(ended(1, THESE, reported(well())))),
  DELETED_AND_RELEASED_BY_ANNOTATION_A_JOB_IS_ACTIVE(
      "| 2 | deleted and released by annotation, a Job is active | Release | none: the resource goes |",
      "Release",
      "",
      fresh().deleted(Deletion.FORCED).with(active(1, THESE, new JobState.Pod.Fine()))),
  A_JOB_IS_ACTIVE(
      "| 3 | a Job is active | Await | Reconciling, `MigrationRunning` |",
      "Await",
      "Reconciling MigrationRunning",
      fresh().with(active(1, THESE, new JobState.Pod.Fine()))),
  A_JOB_IS_ACTIVE_ITS_POD_CANNOT_START(
      "| 3 | a Job is active, its pod cannot start | Await | Reconciling, `PodNotStarting` |",
      "Await",
      "Reconciling PodNotStarting",
      fresh().with(active(1, THESE, new JobState.Pod.NotStarting("ErrImagePull")))),
  A_JOB_IS_ACTIVE_ITS_NODE_DOES_NOT_ANSWER(
      "| 3 | a Job is active, its node does not answer | Await | Stalled, `NodeLost` |",
      "Await",
      "Stalled NodeLost",
      fresh().with(active(1, THESE, new JobState.Pod.OnLostNode("node-3")))),
  A_JOB_IS_ACTIVE_THE_SPECIFICATION_HAS_CHANGED_SINCE(
      "| 3 | a Job is active, the specification has changed since | Await | Reconciling, `MigrationRunning` |",
      "Await",
      "Reconciling MigrationRunning",
      fresh().with(active(1, OTHERS, new JobState.Pod.Fine()))),
  A_JOB_IS_ACTIVE_AFTER_AS_MANY_FAILURES_AS_ATTEMPTS(
      "| 3 | a Job is active after as many failures as attempts | Await | Stalled, as it was |",
      "Await",
      "Stalled TargetUnreachable",
      fresh()
          .recording(
              run(5, ATTEMPTS, THESE, failed(Reason.TARGET_UNREACHABLE, Duration.ofHours(1))),
              stalled(Reason.TARGET_UNREACHABLE))
          .with(active(6, THESE, new JobState.Pod.Fine()))),
  A_JOB_ENDED_WELL_ITS_RESULT_IS_NOT_IN_THE_STATUS(
      "| 4 | a Job ended well, its result is not in the status | Settle | Ready, `Applied` |",
      "Settle",
      "Ready Applied",
      fresh().recording(run(1, 1, THESE, running())).with(ended(1, THESE, reported(well())))),
  A_JOB_FAILED_FOR_A_REASON_THAT_MAY_PASS_ITS_RESULT_IS_NOT_IN_THE_STATUS(
      "| 4 | a Job failed for a reason that may pass, its result is not in the status | Settle | Reconciling, the failure's |",
      "Settle",
      "Reconciling LockTimeout",
      fresh().with(ended(1, THESE, reported(badly(Reason.LOCK_TIMEOUT))))),
  A_JOB_FAILED_FOR_A_REASON_THAT_NEEDS_A_PERSON_ITS_RESULT_IS_NOT_IN_THE_STATUS(
      "| 4 | a Job failed for a reason that needs a person, its result is not in the status | Settle | Stalled, the failure's |",
      "Settle",
      "Stalled MigrationFailed",
      fresh().with(ended(1, THESE, reported(badly(Reason.MIGRATION_FAILED))))),
  A_JOB_ENDED_WELL_THE_SPECIFICATION_HAS_CHANGED_SINCE(
      "| 4 | a Job ended well, the specification has changed since | Settle | Reconciling, `MigrationRunning` |",
      "Settle",
      "Reconciling MigrationRunning",
      fresh().with(ended(1, OTHERS, reported(well())))),
  A_JOB_ENDED_ITS_REPORT_IS_NOT_READABLE(
      "| 4 | a Job ended, its report is not readable | Settle | Reconciling, `ReportUnreadable` |",
      "Settle",
      "Reconciling ReportUnreadable",
      fresh().with(ended(1, THESE, new JobState.End.Unreadable("it is empty")))),
  A_JOB_ENDED_ITS_RUNNER_RAN_OUT_OF_MEMORY(
      "| 4 | a Job ended, its runner ran out of memory | Settle | Reconciling, `ReportUnreadable` |",
      "Settle",
      "Reconciling ReportUnreadable",
      fresh().with(ended(1, THESE, new JobState.End.OutOfMemory("status 137 (OOMKilled)")))),
  A_RUN_ENDED_ITS_JOB_IS_STILL_ACTIVE(
      "| 4 | a run ended, its Job is still active | Settle | Ready, `Applied` |",
      "Settle",
      "Ready Applied",
      fresh().with(endedFirst(reported(well()), JobState.Upkeep.ENDS_SOON))),
  A_JOB_ENDED_ITS_POD_IS_GONE(
      "| 4 | a Job ended, its pod is gone | Settle | Reconciling, `JobVanished` |",
      "Settle",
      "Reconciling JobVanished",
      fresh().with(ended(1, THESE, new JobState.End.Gone("BackoffLimitExceeded")))),
  A_RESULT_IS_IN_THE_STATUS_ITS_JOB_IS_NOT_TIDIED(
      "| 5 | a result is in the status, its Job is not tidied | Tidy | as it was |",
      "Tidy",
      "",
      fresh()
          .recording(run(1, 1, THESE, succeeded()))
          .with(ended(1, THESE, new JobState.End.NotRead()))),
  A_RESULT_IS_IN_THE_STATUS_ANOTHER_CONTAINER_KEEPS_ITS_JOB_FROM_ENDING(
      "| 5 | a result is in the status, another container keeps its Job from ending | Tidy | as it was |",
      "Tidy",
      "",
      fresh()
          .recording(run(1, 1, THESE, succeeded()))
          .with(endedFirst(new JobState.End.NotRead(), JobState.Upkeep.OUTLIVED))),
  THE_STATUS_SAYS_RUNNING_THERE_IS_NO_SUCH_JOB(
      "| 6 | the status says running, there is no such Job | Settle | Reconciling, `JobVanished` |",
      "Settle",
      "Reconciling JobVanished",
      fresh().recording(run(2, 1, THESE, running())).with(tidy(1, THESE))),
  THE_NEWEST_RUN_WAS_FOR_THESE_INPUTS_AND_SUCCEEDED(
      "| 7 | the newest run was for these inputs and succeeded | Rest | Ready, `Applied` |",
      "Rest",
      "Ready Applied",
      fresh().recording(run(1, 1, THESE, succeeded())).with(tidy(1, THESE))),
  THE_NEWEST_RUN_SUCCEEDED_ITS_JOB_IS_ABOUT_TO_END(
      "| 7 | the newest run was for these inputs and succeeded, its Job is about to end | Rest | Ready, `Applied` |",
      "Rest",
      "Ready Applied",
      fresh()
          .recording(run(1, 1, THESE, succeeded()))
          .with(endedFirst(new JobState.End.NotRead(), JobState.Upkeep.ENDS_SOON))),
  THE_NEWEST_RUN_WAS_FOR_THESE_INPUTS_AND_FAILED_ONLY_A_PERSON_CAN_HELP(
      "| 8 | the newest run was for these inputs and failed, only a person can help | Stall | Stalled, the failure's |",
      "Stall",
      "Stalled ChecksumMismatch",
      fresh().recording(run(1, 1, THESE, failed(Reason.CHECKSUM_MISMATCH, Duration.ofHours(1))))),
  THE_NEWEST_RUN_WAS_FOR_THESE_INPUTS_AND_FAILED_THE_PAUSE_IS_NOT_OVER(
      "| 9 | the newest run was for these inputs and failed, the pause is not over | RetryLater | Reconciling, the failure's |",
      "RetryLater",
      "Reconciling TargetUnreachable",
      fresh()
          .recording(run(1, 1, THESE, failed(Reason.TARGET_UNREACHABLE, Duration.ofSeconds(4))))),
  THE_NEWEST_RUN_FAILED_THE_PAUSE_IS_NOT_OVER_SUSPENDED(
      "| 9 | the newest run was for these inputs and failed, the pause is not over, suspended | RetryLater | none, the failure's |",
      "RetryLater",
      "none TargetUnreachable",
      fresh()
          .wishing(new Wish.Understood(Observations.CONTENT, THESE, true, ATTEMPTS))
          .recording(run(1, 1, THESE, failed(Reason.TARGET_UNREACHABLE, Duration.ofSeconds(4))))),
  AS_MANY_RUNS_FAILED_AS_THERE_ARE_ATTEMPTS_THE_PAUSE_IS_NOT_OVER(
      "| 9 | as many runs failed as there are attempts, the pause is not over | RetryLater | Stalled, the failure's |",
      "RetryLater",
      "Stalled TargetUnreachable",
      fresh()
          .recording(
              run(5, ATTEMPTS, THESE, failed(Reason.TARGET_UNREACHABLE, Duration.ofSeconds(4))))),
  THE_SPECIFICATION_CONTRADICTS_ITSELF(
      "| 10 | the specification contradicts itself | Refuse | Stalled, `InvalidSpec` |",
      "Refuse",
      "Stalled InvalidSpec",
      fresh().wishing(new Wish.Invalid(failure(Reason.INVALID_SPEC)))),
  A_CONFIGMAP_IS_MISSING(
      "| 10 | a ConfigMap is missing | Refuse | Reconciling, `ConfigMapNotFound` |",
      "Refuse",
      "Reconciling ConfigMapNotFound",
      fresh().wishing(new Wish.ConfigMapMissing(failure(Reason.CONFIG_MAP_NOT_FOUND)))),
  SUSPENDED(
      "| 11 | suspended | Suspend | none, `Suspended` |",
      "Suspend",
      "none Suspended",
      fresh().wishing(new Wish.Understood(Observations.CONTENT, THESE, true, ATTEMPTS))),
  AS_MANY_RUNS_ARE_ACTIVE_AS_ARE_ALLOWED(
      "| 12 | as many runs are active as are allowed | Queue | Reconciling, `Queued` |",
      "Queue",
      "Reconciling Queued",
      fresh().in(new Room.Full(20, 20, List.of("shop/stock", "shop/billing")))),
  ANOTHER_RESOURCES_RUN_IS_ACTIVE_ON_THE_SAME_TARGET(
      "| 12 | another resource's run is active on the same target | Queue | Reconciling, `Queued` |",
      "Queue",
      "Reconciling Queued",
      fresh().in(new Room.TargetBusy("shop/billing"))),
  THE_FIRST_RUN(
      "| 13 | the first run | Launch | Reconciling, `MigrationRunning` |",
      "Launch",
      "Reconciling MigrationRunning",
      fresh()),
  THE_PAUSE_AFTER_A_FAILURE_IS_OVER(
      "| 13 | the pause after a failure is over | Launch | Reconciling, `MigrationRunning` |",
      "Launch",
      "Reconciling MigrationRunning",
      fresh().recording(run(1, 1, THESE, failed(Reason.TARGET_UNREACHABLE, Duration.ofHours(1))))),
  THE_INPUTS_HAVE_CHANGED(
      "| 13 | the inputs have changed | Launch | Reconciling, `MigrationRunning` |",
      "Launch",
      "Reconciling MigrationRunning",
      fresh().recording(run(1, 1, OTHERS, succeeded())));

  private final DecisionRow row;

  DecisionRows(String documented, String decision, String condition, Observations seen) {
    this.row =
        new DecisionRow(
            documented,
            decision,
            Optional.of(condition).filter(text -> !text.isEmpty()),
            seen.value());
  }

  DecisionRow row() {
    return row;
  }
}
