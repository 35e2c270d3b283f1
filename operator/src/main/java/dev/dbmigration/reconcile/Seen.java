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
 * @param extent how much of a report could be read
 */
public record Seen(
    Optional<String> target,
    Optional<Checksum> sourceDigest,
    Optional<RunReport.HistoryState> history,
    Optional<HistoryEntry.Head> acceptedHead,
    List<String> warnings,
    Extent extent) {

  /** How every warning begins that says that lists and warnings could not be read. */
  public static final String NO_DETAILS = "The details of run ";

  /** How much of a report could be read. */
  public enum Extent {
    /** All: what is not there does not exist. */
    WHOLE,
    /** A summary or nothing: lists and warnings may exist all the same. */
    PART
  }

  /** Nothing was found. */
  public static final Seen NOTHING =
      new Seen(
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          List.of(),
          Extent.PART);

  /** Copies the warnings. */
  public Seen {
    warnings = List.copyOf(warnings);
  }

  /** What a report says, given the head that was known before. */
  static Seen in(RunReport report, Optional<HistoryEntry.Head> known) {
    return in(report, known, report.warnings(), Extent.WHOLE);
  }

  /** What the summary of a report says, given the head that was known before. */
  static Seen inSummary(RunReport report, Optional<HistoryEntry.Head> known) {
    return in(report, known, List.of(noDetails(report.run())), Extent.PART);
  }

  private static String noDetails(int run) {
    return NO_DETAILS
        + run
        + " could not be read, because its log was gone or may not be read: lists and warnings in"
        + " this status are those from before, as far as they are certainly still right. Allow the"
        + " operator to get pods/log if it may not; a new value of spec.source.revision starts a"
        + " run that reports them again.";
  }

  private static Seen in(
      RunReport report, Optional<HistoryEntry.Head> known, List<String> warnings, Extent extent) {
    var head =
        report
            .history()
            .flatMap(RunReport.HistoryState::head)
            .filter(found -> isAccepted(found, known, report.outcome()));
    return new Seen(
        report.target(), report.sourceDigest(), report.history(), head, warnings, extent);
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
