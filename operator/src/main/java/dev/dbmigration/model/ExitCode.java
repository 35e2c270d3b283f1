package dev.dbmigration.model;

import java.util.Arrays;
import java.util.Optional;

/**
 * How the runner's process ends; one meaning each, shared by runner, operator and documentation.
 */
public enum ExitCode {
  /** Everything that was asked is applied. */
  SUCCEEDED(0),
  /** Nothing was executed: source, history or target are not as they must be. */
  REFUSED(10),
  /** A migration failed; what was not committed is rolled back, or the report says what remains. */
  MIGRATION_FAILED(11),
  /** The target could not be reached or used; may pass. */
  TARGET_UNAVAILABLE(20),
  /** A lock was not obtained; may pass. */
  LOCK_NOT_OBTAINED(21),
  /** The run was told to stop, by a signal or its deadline. */
  STOPPED(22),
  /** What the run needs to start is missing or wrong: settings, Secrets, certificates. */
  CONFIGURATION(30),
  /** A defect of the runner itself. */
  INTERNAL(70);

  private final int number;

  ExitCode(int number) {
    this.number = number;
  }

  /** The process exit status, 0 to 125. */
  public int number() {
    return number;
  }

  /**
   * The meaning of an exit status; empty for one that the runner never chooses, such as 137 after
   * SIGKILL.
   */
  public static Optional<ExitCode> of(int number) {
    return Arrays.stream(values()).filter(code -> code.number == number).findFirst();
  }
}
