package dev.dbmigration.reconcile;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What the status is to say. Parts that are not named here stay as they are.
 *
 * @param observedGeneration of the specification it is about
 * @param conditions all of them
 * @param runs number of the newest run
 * @param lastRun the newest run
 * @param seen what an ended run found
 */
public record StatusView(
    long observedGeneration,
    List<Condition> conditions,
    int runs,
    Optional<RecordedRun> lastRun,
    Optional<Seen> seen) {

  /** Copies the conditions. */
  public StatusView {
    conditions = List.copyOf(conditions);
  }

  /** What the status is to say after a decision was carried out; empty where it says so already. */
  public static Optional<StatusView> of(Observation seen, Decision decision, Instant now) {
    return switch (decision) {
      case Decision.Release _, Decision.Tidy _, Decision.Launch _ -> Optional.empty();
      case Decision.Settle(RecordedRun run, Seen found) ->
          Optional.of(view(seen, Standings.afterRun(seen, run, found), now).with(run).with(found));
      case Decision.Await(RecordedRun run, JobState.Pod pod) ->
          Optional.of(view(seen, Standings.during(seen, run, pod), now).with(run));
      case Decision.AwaitEnd(String job, JobState.Pod pod) ->
          Optional.of(view(seen, Standing.terminating(job, pod), now));
      case Decision.Rest() -> Optional.of(view(seen, Standings.atRest(seen), now));
      case Decision.Stall(RecordedRun run) ->
          Optional.of(view(seen, Standings.afterRun(seen, run, Seen.NOTHING), now));
      case Decision.RetryLater retry ->
          Optional.of(view(seen, Standings.afterRun(seen, retry.run(), Seen.NOTHING), now));
      case Decision.Refuse refuse -> Optional.of(view(seen, Standing.of(refuse.failure()), now));
      case Decision.Suspend() -> Optional.of(view(seen, Standing.suspended(), now));
      case Decision.Queue(Room room) -> Optional.of(view(seen, Standing.queued(room), now));
    };
  }

  private static StatusView view(Observation seen, Standing standing, Instant now) {
    var recorded = seen.recorded();
    return new StatusView(
        seen.generation(),
        new Conditions(recorded.conditions(), seen.generation(), now)
            .of(standing, Standings.isBeyondAttempts(seen)),
        recorded.runs(),
        recorded.lastRun(),
        Optional.empty());
  }

  private StatusView with(RecordedRun run) {
    return new StatusView(
        observedGeneration, conditions, Math.max(runs, run.run()), Optional.of(run), seen);
  }

  private StatusView with(Seen found) {
    return new StatusView(observedGeneration, conditions, runs, lastRun, Optional.of(found));
  }
}
