package dev.dbmigration.report;

import dev.dbmigration.model.Failure;
import dev.dbmigration.model.RunOutcome;
import dev.dbmigration.model.RunReport;
import dev.dbmigration.model.RunReport.HistoryState;
import dev.dbmigration.model.RunReport.Item;
import dev.dbmigration.model.SourcePosition;
import java.util.List;

/** Cuts the texts of a report to a length in characters, never through a surrogate pair. */
record Shortening(int limit) {

  /** As long as a file name may be. */
  private static final int LONGEST_IN_LIST = 255;

  static Shortening to(int limit) {
    return new Shortening(limit);
  }

  /** The report with all its parts. */
  RunReport report(RunReport report) {
    return new RunReport(
        report.run(),
        report.startedAt(),
        report.finishedAt(),
        outcome(report.outcome()),
        report.target().map(this::text),
        report.sourceDigest(),
        report.history().map(this::history),
        report.warnings().stream().map(this::text).toList());
  }

  /** The report without its lists. */
  RunReport summary(RunReport report) {
    return new RunReport(
        report.run(),
        report.startedAt(),
        report.finishedAt(),
        outcome(report.outcome()),
        report.target().map(this::text),
        report.sourceDigest(),
        report.history().map(Shortening::countsOnly),
        List.of());
  }

  private RunOutcome outcome(RunOutcome outcome) {
    return switch (outcome) {
      case RunOutcome.Succeeded succeeded -> succeeded;
      case RunOutcome.Failed failed ->
          new RunOutcome.Failed(failure(failed.failure()), failed.appliedNow());
    };
  }

  private Failure failure(Failure failure) {
    return new Failure(
        failure.reason(),
        text(failure.message()),
        text(failure.remedy()),
        failure.migration().map(this::text),
        failure.file().map(this::text),
        failure.position().map(p -> new SourcePosition(text(p.file()), p.line(), p.column())),
        failure.code().map(this::text));
  }

  private HistoryState history(HistoryState history) {
    return new HistoryState(
        history.currentVersion(),
        history.applied(),
        history.pending(),
        history.head(),
        items(history.newest()),
        items(history.next()));
  }

  private static HistoryState countsOnly(HistoryState history) {
    return new HistoryState(
        history.currentVersion(),
        history.applied(),
        history.pending(),
        history.head(),
        List.of(),
        List.of());
  }

  private static List<Item> items(List<Item> items) {
    return items.stream().map(to(LONGEST_IN_LIST)::item).toList();
  }

  private Item item(Item item) {
    return new Item(
        text(item.version()),
        text(item.description()),
        item.state(),
        item.checksum(),
        item.appliedAt(),
        item.durationMillis());
  }

  private String text(String text) {
    return Excerpt.ofLength(text, limit);
  }
}
