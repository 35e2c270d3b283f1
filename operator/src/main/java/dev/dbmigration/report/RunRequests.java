package dev.dbmigration.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.dbmigration.model.RunRequest;

/** The request of a run as JSON. */
public final class RunRequests {

  private RunRequests() {}

  /** Writes a request on one line; equal requests give equal texts. */
  public static String write(RunRequest request) {
    try {
      return ReportJson.MAPPER.writeValueAsString(request);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a request is always writable", e);
    }
  }

  /**
   * Reads what {@link #write} wrote, also of another version of this program.
   *
   * @throws IllegalArgumentException if the text is something else
   */
  public static RunRequest read(String json) {
    try {
      return ReportJson.MAPPER.readValue(json, RunRequest.class);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("not a run request: " + e.getOriginalMessage(), e);
    }
  }
}
