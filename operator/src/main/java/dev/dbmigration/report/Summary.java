package dev.dbmigration.report;

import dev.dbmigration.model.Checksum;
import dev.dbmigration.model.RunReport;

/**
 * What stands in the termination message.
 *
 * @param format of summary and full report; a reader refuses a higher one than it knows
 * @param full checksum of the full report's JSON
 * @param report the report without its lists
 */
record Summary(int format, Checksum full, RunReport report) {

  /** The format that this program writes. */
  static final int CURRENT_FORMAT = 1;

  static Summary read(JsonObject json) {
    return new Summary(
        Math.toIntExact(json.number("format")),
        new Checksum(json.text("full")),
        ReportForm.read(json.object("report")));
  }

  JsonObject write() {
    return JsonObject.empty()
        .with("format", format)
        .with("full", full.toString())
        .with("report", ReportForm.write(report));
  }
}
