package dev.dbmigration.reconcile;

import dev.dbmigration.model.Version;
import dev.dbmigration.reconcile.RecordedRun.Result;

/** How a resource stands in the situations that involve a run. */
final class Standings {

  private Standings() {}

  /** While a run is active. */
  static Standing during(Observation seen, RecordedRun run, JobState.Pod pod) {
    return Standing.running(run, pod, seen.wish());
  }

  /** After a run has ended, with what it found. */
  static Standing afterRun(Observation seen, RecordedRun run, Seen found) {
    return switch (seen.wish()) {
      case Wish.Understood understood when understood.inputsHash().equals(run.inputsHash()) ->
          ended(seen, run, found);
      case Wish.Understood _ -> Standing.overtaken(run);
      case Wish.Invalid invalid -> Standing.of(invalid.failure());
      case Wish.ConfigMapMissing missing -> Standing.of(missing.failure());
    };
  }

  /** While nothing is to be done. */
  static Standing atRest(Observation seen) {
    return ended(seen, seen.recorded().lastRun().orElseThrow(), Seen.NOTHING);
  }

  /** Whether so many runs have failed that a person should know while more follow. */
  static boolean isBeyondAttempts(Observation seen) {
    return seen.runForThisWish().filter(run -> failures(run) >= attempts(seen.wish())).isPresent();
  }

  private static Standing ended(Observation seen, RecordedRun run, Seen found) {
    return switch (run.result()) {
      case Result.Succeeded _ -> applied(seen.recorded(), run, found);
      case Result.Failed failed when isSuspended(seen.wish()) ->
          Standing.failedAndSuspended(run, failed, attempts(seen.wish()));
      case Result.Failed failed -> Standing.failed(run, failed, attempts(seen.wish()));
      case Result.Running _ -> Standing.running(run, new JobState.Pod.Fine(), seen.wish());
    };
  }

  private static Standing applied(Recorded recorded, RecordedRun run, Seen found) {
    return found
        .history()
        .map(history ->
            Standing.applied(
                run.run(), history.applied(), history.currentVersion().map(Version::toString)))
        .orElseGet(
            () -> Standing.applied(run.run(), recorded.applied(), recorded.currentVersion()));
  }

  private static int failures(RecordedRun run) {
    return switch (run.result()) {
      case Result.Running _ -> run.attempt() - 1;
      case Result.Failed _ -> run.attempt();
      case Result.Succeeded _ -> 0;
    };
  }

  private static boolean isSuspended(Wish wish) {
    return wish instanceof Wish.Understood understood && understood.isSuspended();
  }

  private static int attempts(Wish wish) {
    return wish instanceof Wish.Understood understood ? understood.attempts() : Wish.USUAL_ATTEMPTS;
  }
}
