package dev.dbmigration.controller;

/** What was observed is no longer so; it has to be observed again before anything is done. */
final class StaleObservationException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  StaleObservationException(String message) {
    super(message);
  }
}
