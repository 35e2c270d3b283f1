package dev.dbmigration.controller.resource;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** How values are written in the status, within the bounds that its definition sets. */
final class StatusText {

  static final String RUNNING = "Running";
  static final String SUCCEEDED = "Succeeded";
  static final String FAILED = "Failed";

  private StatusText() {}

  static String time(Instant instant) {
    return instant.truncatedTo(ChronoUnit.SECONDS).toString();
  }
}
