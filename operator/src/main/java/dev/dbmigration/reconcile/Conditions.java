package dev.dbmigration.reconcile;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Turns a standing into conditions. Reconciling and Stalled are there only while they are true, and
 * never both: a tool that waits takes the first it finds.
 *
 * @param before the conditions as they stand
 * @param generation that the new ones are about
 * @param now when they are made
 */
record Conditions(List<Condition> before, long generation, Instant now) {

  /**
   * All conditions of a standing.
   *
   * @param staysStalled whether a resource that is stalled remains so while something is happening
   */
  List<Condition> of(Standing standing, boolean staysStalled) {
    var conditions = new ArrayList<Condition>();
    conditions.add(next(Condition.Type.READY, standing.kind() == Standing.Kind.READY, standing));
    switch (standing.kind()) {
      case READY, AT_REST -> {}
      case STALLED -> conditions.add(next(Condition.Type.STALLED, true, standing));
      case IN_PROGRESS ->
          conditions.add(
              existing(Condition.Type.STALLED)
                  .filter(_ -> staysStalled)
                  .map(this::stillTrue)
                  .orElseGet(() -> next(Condition.Type.RECONCILING, true, standing)));
    }
    return conditions;
  }

  private Condition next(Condition.Type type, boolean isTrue, Standing standing) {
    var since =
        existing(type)
            .filter(condition -> condition.isTrue() == isTrue)
            .map(Condition::since)
            .orElse(now);
    return new Condition(
        type, isTrue, standing.reason().text(), standing.message(), generation, since);
  }

  private Condition stillTrue(Condition stalled) {
    return new Condition(
        stalled.type(), true, stalled.reason(), stalled.message(), generation, stalled.since());
  }

  private Optional<Condition> existing(Condition.Type type) {
    return before.stream().filter(condition -> condition.type() == type).findFirst();
  }
}
