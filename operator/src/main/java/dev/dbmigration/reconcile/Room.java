package dev.dbmigration.reconcile;

import java.util.List;

/** Whether a run may start now, as far as other runs are concerned. */
public sealed interface Room {

  /** It may. */
  record Free() implements Room {}

  /**
   * As many runs are active as are allowed.
   *
   * @param active how many; more than allowed where pods started late
   * @param limit how many are allowed
   * @param notStarting namespaces and names of resources whose pods cannot start; they take no room
   */
  record Full(int active, int limit, List<String> notStarting) implements Room {
    /** Copies the list. */
    public Full {
      notStarting = List.copyOf(notStarting);
    }
  }

  /**
   * A run of another resource is active on the same target.
   *
   * @param other namespace and name of that resource
   */
  record TargetBusy(String other) implements Room {}

  /**
   * A run of another resource is for the same target, and its pod cannot start.
   *
   * @param other namespace and name of that resource
   */
  record TargetAwaited(String other) implements Room {}
}
