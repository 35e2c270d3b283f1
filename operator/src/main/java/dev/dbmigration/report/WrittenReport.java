package dev.dbmigration.report;

import dev.dbmigration.model.Checksum;
import dev.dbmigration.model.RunReport;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * A report in its two forms. The full one is plain ASCII in lines between two markers, so that no
 * text of a server or a file can look like a marker; the summary carries its checksum.
 *
 * @param summary for the termination message, at most {@link RunContract#MAX_SUMMARY_BYTES} bytes
 *     of UTF-8
 * @param lines for standard output, each at most {@link #MAX_LINE_BYTES} bytes, without line ends
 */
public record WrittenReport(String summary, List<String> lines) {

  /** The longest line, in bytes: container runtimes split lines at 16 KiB. */
  public static final int MAX_LINE_BYTES = 8192;

  /** Where the full report begins. */
  static final String BEGIN = "-----BEGIN DBMIGRATION REPORT-----";

  /** Begins each line between the two, so that what gets in between does no harm. */
  static final String PREFIX = "DBMIGRATION ";

  /** Where it ends. */
  static final String END = "-----END DBMIGRATION REPORT-----";

  private static final int LONGEST_TEXT = 1024;

  /** Copies the lines. */
  public WrittenReport {
    lines = List.copyOf(lines);
  }

  /** Writes a report; texts that are too long end with an ellipsis. */
  public static WrittenReport of(RunReport report) {
    var full = ReportForm.write(Shortening.to(LONGEST_TEXT).report(report)).writeAscii();
    return new WrittenReport(summary(report, Checksum.ofText(full)), lines(full));
  }

  private static String summary(RunReport report, Checksum full) {
    int limit = LONGEST_TEXT;
    var text = summary(report, full, limit);
    while (text.getBytes(StandardCharsets.UTF_8).length > RunContract.MAX_SUMMARY_BYTES) {
      limit = limit * 3 / 4;
      text = summary(report, full, limit);
    }
    return text;
  }

  private static String summary(RunReport report, Checksum full, int limit) {
    var shortened = Shortening.to(limit).summary(report);
    return new Summary(Summary.CURRENT_FORMAT, full, shortened).write().write();
  }

  private static List<String> lines(String full) {
    var lines = new ArrayList<String>();
    lines.add(BEGIN);
    int step = MAX_LINE_BYTES - PREFIX.length();
    for (int start = 0; start < full.length(); start += step) {
      lines.add(PREFIX + full.substring(start, Math.min(full.length(), start + step)));
    }
    lines.add(END);
    return lines;
  }
}
