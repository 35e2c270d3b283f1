package dev.dbmigration.reconcile;

import dev.dbmigration.model.Checksum;
import dev.dbmigration.model.Failure;
import dev.dbmigration.model.HistoryEntry;
import dev.dbmigration.model.Reason;
import dev.dbmigration.model.ResourceRef;
import dev.dbmigration.model.RunOutcome;
import dev.dbmigration.model.RunReport;
import dev.dbmigration.model.Version;
import dev.dbmigration.reconcile.Observation.Deletion;
import dev.dbmigration.reconcile.RecordedRun.Result;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Observations for tests, changed part by part. */
record Observations(Observation value) {

  static final Instant NOW = Instant.parse("2026-11-20T12:00:00Z");
  static final Checksum THESE = checksum("these");
  static final Inputs.Content CONTENT = new Inputs.Content.Inline(checksum("content"));
  static final Checksum OTHERS = checksum("others");
  static final int ATTEMPTS = 5;

  /** A resource that was just created. */
  static Observations fresh() {
    return new Observations(
        new Observation(
            new ResourceRef("shop", "orders", "3f9c1a02-0000-4000-8000-000000000000"),
            7,
            Deletion.NONE,
            new Wish.Understood(CONTENT, THESE, false, ATTEMPTS),
            Recorded.NOTHING,
            List.of(),
            new Room.Free()));
  }

  Observations deleted(Deletion deletion) {
    var o = value;
    return new Observations(
        new Observation(
            o.resource(), o.generation(), deletion, o.wish(), o.recorded(), o.jobs(), o.room()));
  }

  Observations wishing(Wish wish) {
    var o = value;
    return new Observations(
        new Observation(
            o.resource(), o.generation(), o.deletion(), wish, o.recorded(), o.jobs(), o.room()));
  }

  Observations with(JobState... jobs) {
    var o = value;
    return new Observations(
        new Observation(
            o.resource(),
            o.generation(),
            o.deletion(),
            o.wish(),
            o.recorded(),
            List.of(jobs),
            o.room()));
  }

  Observations in(Room room) {
    var o = value;
    return new Observations(
        new Observation(
            o.resource(), o.generation(), o.deletion(), o.wish(), o.recorded(), o.jobs(), room));
  }

  Observations recording(Recorded recorded) {
    var o = value;
    return new Observations(
        new Observation(
            o.resource(), o.generation(), o.deletion(), o.wish(), recorded, o.jobs(), o.room()));
  }

  Observations recording(RecordedRun run, Condition... conditions) {
    return recording(
        new Recorded(
            List.of(conditions), run.run(), Optional.of(run), Optional.of("2"), 2, head(2)));
  }

  static RecordedRun run(int number, int attempt, Checksum hash, Result result) {
    return new RecordedRun(
        number, "orders-" + number, attempt, hash, NOW.minusSeconds(120), result);
  }

  static Result running() {
    return new Result.Running();
  }

  static Result succeeded() {
    return new Result.Succeeded(NOW.minusSeconds(60));
  }

  static Result failed(Reason reason, Duration ago) {
    return new Result.Failed(NOW.minus(ago), failure(reason));
  }

  static Failure failure(Reason reason) {
    return Failure.of(reason, "relation \"ordrs\" does not exist", "Mend the file");
  }

  static JobState.Active active(int run, Checksum hash, JobState.Pod pod) {
    return new JobState.Active("orders-" + run, run, hash, NOW.minusSeconds(30), pod);
  }

  static JobState.Finished ended(int run, Checksum hash, JobState.End end) {
    return new JobState.Finished(
        "orders-" + run, run, hash, times(), end, JobState.Upkeep.TO_HAND_OVER);
  }

  static JobState.Finished tidy(int run, Checksum hash) {
    return new JobState.Finished(
        "orders-" + run, run, hash, times(), new JobState.End.NotRead(), JobState.Upkeep.DONE);
  }

  /** A run whose container has ended before its Job. */
  static JobState.Finished endedFirst(JobState.End end, JobState.Upkeep upkeep) {
    return new JobState.Finished("orders-1", 1, THESE, times(), end, upkeep);
  }

  static JobState.End reported(RunOutcome outcome) {
    return reported(outcome, 2);
  }

  static JobState.End reported(RunOutcome outcome, long headSequence) {
    return new JobState.End.Reported(
        new RunReport(
            1,
            NOW.minusSeconds(30),
            NOW.minusSeconds(5),
            outcome,
            Optional.of("postgresql orders-db:5432/orders"),
            Optional.of(checksum("source")),
            Optional.of(
                new RunReport.HistoryState(
                    Optional.of(Version.parse("2")),
                    2,
                    0,
                    head(headSequence),
                    List.of(),
                    List.of())),
            List.of()));
  }

  static RunOutcome well() {
    return new RunOutcome.Succeeded(2);
  }

  static RunOutcome badly(Reason reason) {
    return new RunOutcome.Failed(failure(reason), 0);
  }

  static Condition stalled(Reason reason) {
    return new Condition(
        Condition.Type.STALLED, true, reason.text(), "as before", 6, NOW.minusSeconds(600));
  }

  static Optional<HistoryEntry.Head> head(long sequence) {
    return Optional.of(new HistoryEntry.Head(sequence, checksum("head " + sequence)));
  }

  static Checksum checksum(String text) {
    return Checksum.ofBytes(text.getBytes(StandardCharsets.UTF_8));
  }

  private static JobState.Times times() {
    return new JobState.Times(NOW.minusSeconds(30), NOW.minusSeconds(5));
  }
}
