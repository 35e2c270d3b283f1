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
}
