package dev.dbmigration.runner.dialect;

import dev.dbmigration.model.Failure;

/** The target could not be used. Carries the failure as users will see it. */
public final class TargetException extends Exception {

  private final transient Failure failure;

  /**
   * A failure, and the driver's exception behind it.
   *
   * @param failure free of secrets and row data
   * @param cause kept for debugging; its message is not shown to users
   */
  public TargetException(Failure failure, Throwable cause) {
    super(failure.message(), cause);
    this.failure = failure;
  }

  /** A failure that is no driver's exception. */
  public TargetException(Failure failure) {
    super(failure.message());
    this.failure = failure;
  }

  /** What users will see. */
  public Failure failure() {
    return failure;
  }
}
