package dev.dbmigration.runner.dialect;

import dev.dbmigration.model.Failure;

/**
 * A step was not carried out. Carries the failure, with the position of the statement where one is
 * concerned.
 */
public final class StepException extends Exception {

  private final transient Failure failure;
  private final boolean isOutcomeKnown;

  /**
   * A failure, and the driver's exception behind it.
   *
   * @param failure free of secrets and row data
   * @param cause kept for debugging; its message is not shown to users
   */
  public StepException(Failure failure, Throwable cause) {
    this(failure, cause, true);
  }

  private StepException(Failure failure, Throwable cause, boolean isOutcomeKnown) {
    super(failure.message(), cause);
    this.failure = failure;
    this.isOutcomeKnown = isOutcomeKnown;
  }

  /** The same, but the step may have been carried out: the answer to its commit was lost. */
  public StepException withUnknownOutcome() {
    return new StepException(failure, this, false);
  }

  /** Whether what the failure tells is certain; otherwise nothing else may be told of the step. */
  public boolean isOutcomeKnown() {
    return isOutcomeKnown;
  }

  /** What users will see. */
  public Failure failure() {
    return failure;
  }
}
