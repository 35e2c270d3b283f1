package dev.dbmigration.reconcile;

import java.util.Optional;

/**
 * One row of the table of decisions.
 *
 * @param documented the line in the documentation
 * @param decision simple name of the decision's class
 * @param condition the condition that is true, and the reason; absent where the status stays
 * @param observation that leads to it
 */
record DecisionRow(
    String documented, String decision, Optional<String> condition, Observation observation) {

  @Override
  public String toString() {
    return documented;
  }
}
