package dev.dbmigration.model;

import java.util.Optional;

/**
 * What the user allows a plan to do beyond the ordinary.
 *
 * @param baseline the version at which a target without history but with content is declared to
 *     stand
 * @param outOfOrder whether a pending version below the highest applied may run
 */
public record Policy(Optional<Version> baseline, boolean outOfOrder) {

  /** Nothing is allowed. */
  public static final Policy STRICT = new Policy(Optional.empty(), false);
}
