package dev.dbmigration.runner.dialect;

import dev.dbmigration.model.Failure;

/**
 * A step was not carried out. Carries the failure, with the position of the statement where one is
 * concerned.
 */
public final class StepException extends Exception {

  private final transient Failure failure;

  /**
   * A failure, and the driver's exception behind it.
   *
   * @param failure free of secrets and row data
   * @param cause kept for debugging; its message is not shown to users
   */
  public StepException(Failure failure, Throwable cause) {
    super(failure.message(), cause);
    this.failure = failure;
  }

  /** What users will see. */
  public Failure failure() {
    return failure;
  }
}
