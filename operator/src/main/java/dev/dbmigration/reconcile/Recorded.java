package dev.dbmigration.reconcile;

import dev.dbmigration.model.HistoryEntry;
import java.util.List;
import java.util.Optional;

/**
 * What the status says, as far as decisions depend on it.
 *
 * @param conditions as they stand
 * @param runs number of the newest run; 0 before the first
 * @param lastRun the newest run
 * @param currentVersion the highest applied version, as text
 * @param applied how many migrations are applied
 * @param knownHead the newest history entry that was accepted
 */
public record Recorded(
    List<Condition> conditions,
    int runs,
    Optional<RecordedRun> lastRun,
    Optional<String> currentVersion,
    int applied,
    Optional<HistoryEntry.Head> knownHead) {

  /** A status that says nothing yet. */
  public static final Recorded NOTHING =
      new Recorded(List.of(), 0, Optional.empty(), Optional.empty(), 0, Optional.empty());

  /** Copies the conditions. */
  public Recorded {
    conditions = List.copyOf(conditions);
  }

  /** Whether the result of a run is in the status, or was. */
  public boolean hasResultOf(int run) {
    return lastRun
        .filter(last -> run < last.run() || (run == last.run() && !last.isRunning()))
        .isPresent();
  }
}
