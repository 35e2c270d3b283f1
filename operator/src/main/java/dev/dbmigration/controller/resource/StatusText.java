package dev.dbmigration.controller.resource;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** How values are written in the status, within the bounds that its definition sets. */
public final class StatusText {

  static final String RUNNING = "Running";
  static final String SUCCEEDED = "Succeeded";
  static final String FAILED = "Failed";

  private StatusText() {}

  /** The text, or its beginning and an ellipsis. */
  public static String clip(String text, int length) {
    return text.length() <= length ? text : text.substring(0, length - 1) + "…";
  }

  static String time(Instant instant) {
    return instant.truncatedTo(ChronoUnit.SECONDS).toString();
  }
}
