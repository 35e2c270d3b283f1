package dev.dbmigration.reconcile;

import dev.dbmigration.model.Checksum;
import dev.dbmigration.model.Failure;
import dev.dbmigration.model.Reason;
import dev.dbmigration.model.RunOutcome;
import dev.dbmigration.model.RunReport;
import dev.dbmigration.reconcile.Observation.Deletion;
import dev.dbmigration.reconcile.RecordedRun.Result;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** What is done next for a resource. */
public final class Reconciliation {

  static final Duration KEPT_AFTER_SUCCESS = Duration.ofHours(1);
  static final Duration KEPT_AFTER_FAILURE = Duration.ofDays(1);

  private Reconciliation() {}

  /**
   * Decides. The first row that matches counts; the rows are those of the table in {@code
   * docs/architecture.md#decisions}.
   */
  public static Decision decide(Observation seen, Instant now) {
    return switch (seen) {
      case Observation o when mustEndFirst(o) -> awaitEnd(o);
      case Observation o when o.deletion() != Deletion.NONE -> release(o);
      case Observation o when o.activeJob().isPresent() -> await(o);
      case Observation o when o.unrecordedJob().isPresent() -> settle(o);
      case Observation o when !o.untidyJobs().isEmpty() ->
          new Decision.Tidy(tidyings(o, o.untidyJobs()), decide(o.asTidied(), now));
      case Observation o when o.vanishedRun().isPresent() -> recordAsVanished(o, now);
      case Observation o when isApplied(o) -> new Decision.Rest();
      case Observation o when needsPerson(o) -> stall(o);
      case Observation o when isPaused(o, now) -> retryLater(o, now);
      case Observation o when o.wish() instanceof Wish.Invalid(Failure failure) ->
          new Decision.Refuse(failure);
      case Observation o when o.wish() instanceof Wish.ConfigMapMissing(Failure failure) ->
          new Decision.Refuse(failure);
      case Observation o when isSuspended(o) -> new Decision.Suspend();
      case Observation o when !(o.room() instanceof Room.Free) -> new Decision.Queue(o.room());
      case Observation o -> launch(o);
    };
  }

  private static boolean mustEndFirst(Observation seen) {
    return seen.deletion() == Deletion.REQUESTED && seen.activeJob().isPresent();
  }

  private static boolean isApplied(Observation seen) {
    return seen.runForThisWish().filter(RecordedRun::hasSucceeded).isPresent();
  }

  private static boolean needsPerson(Observation seen) {
    return seen.runForThisWish()
        .flatMap(RecordedRun::failed)
        .filter(failed -> !failed.failure().reason().isRetried())
        .isPresent();
  }

  private static boolean isPaused(Observation seen, Instant now) {
    return seen.runForThisWish()
        .flatMap(RecordedRun::nextAttemptAt)
        .filter(at -> at.isAfter(now))
        .isPresent();
  }

  private static boolean isSuspended(Observation seen) {
    return seen.wish() instanceof Wish.Understood understood && understood.isSuspended();
  }

  private static Decision awaitEnd(Observation seen) {
    var job = seen.activeJob().orElseThrow();
    return new Decision.AwaitEnd(job.name(), job.pod());
  }

  private static Decision release(Observation seen) {
    return new Decision.Release(tidyings(seen, seen.unkeptJobs()));
  }

  private static Decision await(Observation seen) {
    var job = seen.activeJob().orElseThrow();
    var run =
        new RecordedRun(
            job.run(),
            job.name(),
            attempt(seen.recorded(), job),
            job.inputsHash(),
            job.createdAt(),
            new Result.Running());
    return new Decision.Await(run, job.pod());
  }

  private static Decision settle(Observation seen) {
    var job = seen.unrecordedJob().orElseThrow();
    var finishedAt = job.times().finishedAt();
    return switch (job.end()) {
      case JobState.End.Reported(RunReport report) ->
          new Decision.Settle(
              ended(seen, job, result(report, finishedAt)),
              Seen.in(report, seen.recorded().knownHead()));
      case JobState.End.Summarised(RunReport report) ->
          new Decision.Settle(
              ended(seen, job, result(report, finishedAt)),
              Seen.inSummary(report, seen.recorded().knownHead()));
      case JobState.End.Unreadable(String why) ->
          settledWithout(seen, job, unread(Reason.REPORT_UNREADABLE, job.name(), why));
      case JobState.End.OutOfMemory(String why) ->
          settledWithout(seen, job, outOfMemory(job.name(), why));
      case JobState.End.Gone(String why) ->
          settledWithout(seen, job, unread(Reason.JOB_VANISHED, job.name(), why));
      case JobState.End.NotRead() ->
          settledWithout(
              seen, job, unread(Reason.REPORT_UNREADABLE, job.name(), "it was not looked at"));
    };
  }

  private static Decision settledWithout(Observation seen, JobState.Finished job, Failure failure) {
    var result = new Result.Failed(job.times().finishedAt(), failure);
    return new Decision.Settle(ended(seen, job, result), Seen.NOTHING);
  }

  private static RecordedRun ended(Observation seen, JobState.Finished job, Result result) {
    return new RecordedRun(
        job.run(),
        job.name(),
        attempt(seen.recorded(), job),
        job.inputsHash(),
        job.times().createdAt(),
        result);
  }

  private static Result result(RunReport report, Instant finishedAt) {
    return switch (report.outcome()) {
      case RunOutcome.Succeeded _ -> new Result.Succeeded(finishedAt);
      case RunOutcome.Failed failed -> new Result.Failed(finishedAt, failed.failure());
    };
  }

  private static Decision recordAsVanished(Observation seen, Instant now) {
    var run = seen.vanishedRun().orElseThrow();
    var failure = unread(Reason.JOB_VANISHED, run.job(), "the Job is not there any more");
    var ended =
        new RecordedRun(
            run.run(),
            run.job(),
            run.attempt(),
            run.inputsHash(),
            run.startedAt(),
            new Result.Failed(now, failure));
    return new Decision.Settle(ended, Seen.NOTHING);
  }

  private static Failure unread(Reason reason, String job, String why) {
    return Failure.of(
        reason,
        "The result of Job " + job + " could not be read: " + why,
        "Nothing has to be done: the next run reads in the database what was applied.");
  }

  private static Failure outOfMemory(String job, String why) {
    return Failure.of(
        Reason.REPORT_UNREADABLE,
        "Job %s ran out of memory: %s".formatted(job, why),
        "Raise spec.job.resources.limits.memory: the next run has it, and reads in the database"
            + " what was applied");
  }

  private static Decision stall(Observation seen) {
    return new Decision.Stall(seen.runForThisWish().orElseThrow());
  }

  private static Decision retryLater(Observation seen, Instant now) {
    var run = seen.runForThisWish().orElseThrow();
    var at = run.nextAttemptAt().orElseThrow();
    return new Decision.RetryLater(run, Duration.between(now, at));
  }

  private static Decision launch(Observation seen) {
    return switch (seen.wish()) {
      case Wish.Understood(var content, var hash, _, _) ->
          new Decision.Launch(seen.nextRun(), attempt(seen.recorded(), hash), content, hash);
      case Wish.Invalid _, Wish.ConfigMapMissing _ ->
          throw new IllegalStateException("refused above");
    };
  }

  private static int attempt(Recorded recorded, JobState job) {
    return recorded
        .lastRun()
        .filter(last -> last.run() == job.run())
        .map(RecordedRun::attempt)
        .orElseGet(() -> attempt(recorded, job.inputsHash()));
  }

  private static int attempt(Recorded recorded, Checksum inputsHash) {
    return recorded
        .lastRun()
        .filter(last -> last.inputsHash().equals(inputsHash))
        .filter(last -> last.failed().isPresent())
        .map(last -> last.attempt() + 1)
        .orElse(1);
  }

  private static List<Decision.Tidying> tidyings(Observation seen, List<JobState.Finished> jobs) {
    return jobs.stream().map(job -> tidying(seen.recorded(), job)).toList();
  }

  private static Decision.Tidying tidying(Recorded recorded, JobState.Finished job) {
    return job.upkeep() == JobState.Upkeep.OUTLIVED
        ? new Decision.Tidying.Delete(job.name())
        : new Decision.Tidying.HandOver(job.name(), kept(recorded, job));
  }

  private static Duration kept(Recorded recorded, JobState.Finished job) {
    boolean hasSucceeded =
        recorded
            .lastRun()
            .filter(last -> last.run() == job.run())
            .filter(RecordedRun::hasSucceeded)
            .isPresent();
    return hasSucceeded ? KEPT_AFTER_SUCCESS : KEPT_AFTER_FAILURE;
  }
}
