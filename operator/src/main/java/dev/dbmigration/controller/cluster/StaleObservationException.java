package dev.dbmigration.controller.cluster;

/** What was observed is no longer so; it has to be observed again before anything is done. */
public final class StaleObservationException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  public StaleObservationException(String message) {
    super(message);
  }
}
