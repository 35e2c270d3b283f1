package dev.dbmigration.runner;

import dev.dbmigration.model.Failure;

/** Ends a run; carries what its report will say. */
final class RunFailedException extends Exception {

  private final transient Failure failure;

  RunFailedException(Failure failure) {
    super(failure.message());
    this.failure = failure;
  }

  Failure failure() {
    return failure;
  }
}
