package dev.dbmigration.reconcile;

import dev.dbmigration.model.Checksum;
import dev.dbmigration.model.Failure;

/** What the specification asks for. */
public sealed interface Wish {

  /** How many runs fail until the resource is stalled, where nothing is said; as in the CRD. */
  int USUAL_ATTEMPTS = 5;

  /**
   * It can be turned into a run.
   *
   * @param content where from, by content
   * @param inputsHash of all that decides what a run does, of the content too
   * @param isSuspended whether no run may start
   * @param attempts after how many failed runs the resource counts as stalled
   */
  record Understood(Inputs.Content content, Checksum inputsHash, boolean isSuspended, int attempts)
      implements Wish {}

  /**
   * It contradicts itself.
   *
   * @param failure what is wrong
   */
  record Invalid(Failure failure) implements Wish {}

  /**
   * It names a ConfigMap that is not there, or that cannot be read.
   *
   * @param failure which and why
   */
  record ConfigMapMissing(Failure failure) implements Wish {}
}
