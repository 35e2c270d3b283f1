package dev.dbmigration.reconcile;

import java.time.Instant;

/**
 * One condition of the resource.
 *
 * @param type which
 * @param isTrue its status
 * @param reason machine-readable
 * @param message for people
 * @param observedGeneration of the specification it is about
 * @param since when its status last changed
 */
public record Condition(
    Type type,
    boolean isTrue,
    String reason,
    String message,
    long observedGeneration,
    Instant since) {

  /** The conditions there are. */
  public enum Type {
    /** All is applied that the specification asks for. */
    READY("Ready"),
    /** Something is happening or waited for; absent otherwise. */
    RECONCILING("Reconciling"),
    /** A person has to do something; absent otherwise. */
    STALLED("Stalled");

    private final String text;

    Type(String text) {
      this.text = text;
    }

    /** As the status shows it. */
    public String text() {
      return text;
    }
  }
}
