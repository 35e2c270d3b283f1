package dev.dbmigration.model;

/** How a run ended. */
public sealed interface RunOutcome {

  /**
   * Everything that was pending is applied.
   *
   * @param appliedNow how many migrations this run applied; 0 when there was nothing to do
   */
  record Succeeded(int appliedNow) implements RunOutcome {}

  /**
   * The run stopped before the end of its plan, or before it had one.
   *
   * @param failure why
   * @param appliedNow how many migrations were applied, and stay applied, before that
   */
  record Failed(Failure failure, int appliedNow) implements RunOutcome {}
}
