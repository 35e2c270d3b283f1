package dev.dbmigration.report;

import dev.dbmigration.model.Checksum;
import dev.dbmigration.model.RunReport;
import java.time.DateTimeException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What could be read of a report, from the termination message and the end of the log. */
public sealed interface ReadReport {

  /** How much of the log's end is enough for every report, in bytes. */
  int MAX_LOG_BYTES = 256 * 1024;

  /** Why a termination message is not taken for one. */
  String NO_REPORT = "the termination message is not a report";

  /**
   * All of it.
   *
   * @param report as the runner wrote it
   */
  record Full(RunReport report) implements ReadReport {}

  /**
   * The summary only: the log could not be read, or does not hold the report that the summary
   * names.
   *
   * @param report without lists and warnings, texts possibly shortened
   */
  record SummaryOnly(RunReport report) implements ReadReport {}

  /**
   * Nothing.
   *
   * @param why for people
   */
  record Unreadable(String why) implements ReadReport {}

  /**
   * Reads a report. The log may hold anything else as well; of it, only what has the checksum that
   * the summary names is believed.
   *
   * @param terminationMessage of the runner's container; empty if there is none
   * @param log the end of its standard output; empty if it could not be read
   */
  static ReadReport of(String terminationMessage, String log) {
    if (terminationMessage.isBlank()) {
      return new Unreadable("the runner ended without leaving a report");
    }
    try {
      var json = JsonObject.parse(terminationMessage);
      long format = json.number("format");
      if (format > Summary.CURRENT_FORMAT) {
        return new Unreadable(
            "the report has format %d, this operator reads up to %d: the runner is newer than the operator"
                .formatted(format, Summary.CURRENT_FORMAT));
      }
      return read(json, log);
    } catch (IllegalArgumentException | ArithmeticException | DateTimeException e) {
      return new Unreadable(NO_REPORT);
    }
  }

  private static ReadReport read(JsonObject json, String log) {
    var summary = Summary.read(json);
    return full(log, summary.full())
        .<ReadReport>map(Full::new)
        .orElseGet(() -> new SummaryOnly(summary.report()));
  }

  private static Optional<RunReport> full(String log, Checksum checksum) {
    for (var candidate : candidates(log)) {
      if (Checksum.ofText(candidate).equals(checksum)) {
        return Optional.of(ReportForm.read(JsonObject.parse(candidate)));
      }
    }
    return Optional.empty();
  }

  /** What stands between a begin marker and the next end marker. */
  private static List<String> candidates(String log) {
    var candidates = new ArrayList<String>();
    var open = Optional.<StringBuilder>empty();
    for (var line : log.lines().toList()) {
      if (line.equals(WrittenReport.BEGIN)) {
        open = Optional.of(new StringBuilder());
      } else if (line.equals(WrittenReport.END)) {
        open.ifPresent(text -> candidates.add(text.toString()));
        open = Optional.empty();
      } else if (line.startsWith(WrittenReport.PREFIX)) {
        open.ifPresent(text -> text.append(line, WrittenReport.PREFIX.length(), line.length()));
      }
    }
    return candidates;
  }
}
