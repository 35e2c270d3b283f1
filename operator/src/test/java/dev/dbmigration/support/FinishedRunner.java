package dev.dbmigration.support;

import dev.dbmigration.model.Failure;
import dev.dbmigration.model.RunOutcome;
import dev.dbmigration.model.RunReport;
import dev.dbmigration.report.ReadReport;

/**
 * What a runner left behind.
 *
 * @param exitCode of the process
 * @param standardOutput logs and full report
 * @param standardError nothing, if all is well
 * @param terminationMessage the summary
 */
public record FinishedRunner(
    int exitCode, String standardOutput, String standardError, String terminationMessage) {

  /** The full report. */
  public RunReport report() {
    return switch (ReadReport.of(terminationMessage, standardOutput)) {
      case ReadReport.Full(var report) -> report;
      case ReadReport.SummaryOnly _ -> throw new AssertionError("no full report in:\n" + this);
      case ReadReport.Unreadable(var why) -> throw new AssertionError(why + " in:\n" + this);
    };
  }

  /** How many migrations it applied; it must not have failed. */
  public int appliedNow() {
    return switch (report().outcome()) {
      case RunOutcome.Succeeded(int appliedNow) -> appliedNow;
      case RunOutcome.Failed(var failure, _) -> throw new AssertionError(failure);
    };
  }

  /** Why it failed; it must not have succeeded. */
  public Failure failure() {
    return switch (report().outcome()) {
      case RunOutcome.Succeeded _ -> throw new AssertionError("succeeded:\n" + this);
      case RunOutcome.Failed(var failure, _) -> failure;
    };
  }
}
