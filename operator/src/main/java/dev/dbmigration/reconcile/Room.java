package dev.dbmigration.reconcile;

/** Whether a run may start now, as far as other runs are concerned. */
public sealed interface Room {

  /** It may. */
  record Free() implements Room {}

  /**
   * As many runs are active as are allowed.
   *
   * @param limit how many
   */
  record Full(int limit) implements Room {}

  /**
   * A run of another resource is active on the same target.
   *
   * @param other namespace and name of that resource
   */
  record TargetBusy(String other) implements Room {}
}
