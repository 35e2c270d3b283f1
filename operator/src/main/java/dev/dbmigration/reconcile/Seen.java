package dev.dbmigration.reconcile;

import dev.dbmigration.model.Checksum;
import dev.dbmigration.model.HistoryEntry;
import dev.dbmigration.model.RunOutcome;
import dev.dbmigration.model.RunReport;
import java.util.List;
import java.util.Optional;

/**
 * What a run found. Where something is absent, what the status said before still stands.
 *
 * @param target engine, host, port and database
 * @param sourceDigest over all files as they were read
 * @param history what the target's history says
 * @param acceptedHead the newest history entry, unless the history may have gone back
 * @param warnings for people
 */
public record Seen(
    Optional<String> target,
    Optional<Checksum> sourceDigest,
    Optional<RunReport.HistoryState> history,
    Optional<HistoryEntry.Head> acceptedHead,
    List<String> warnings) {

  /** Nothing was found. */
  public static final Seen NOTHING =
      new Seen(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), List.of());

  /** Copies the warnings. */
  public Seen {
    warnings = List.copyOf(warnings);
  }

  /** What a report says, given the head that was known before. */
  static Seen in(RunReport report, Optional<HistoryEntry.Head> known) {
    var head =
        report
            .history()
            .flatMap(RunReport.HistoryState::head)
            .filter(found -> isAccepted(found, known, report.outcome()));
    return new Seen(
        report.target(), report.sourceDigest(), report.history(), head, report.warnings());
  }

  /**
   * A shorter history is accepted only from a run that accepted it itself, by applying something or
   * by reaching its end; otherwise the next run would no longer notice.
   */
  private static boolean isAccepted(
      HistoryEntry.Head found, Optional<HistoryEntry.Head> known, RunOutcome outcome) {
    return switch (outcome) {
      case RunOutcome.Succeeded _ -> true;
      case RunOutcome.Failed failed ->
          failed.appliedNow() > 0
              || known.filter(head -> found.sequence() <= head.sequence()).isEmpty();
    };
  }
}
