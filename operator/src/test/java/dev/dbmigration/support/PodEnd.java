package dev.dbmigration.support;

import java.util.Optional;

/**
 * How a pod's container ended.
 *
 * @param exitCode of its process; 128 + n after signal n
 * @param reason as the kubelet says it
 * @param message the termination message; empty if there is none
 * @param podReason why the whole pod failed, where it was not for its container
 * @param isPodAtItsEnd whether no other container goes on
 */
public record PodEnd(
    int exitCode,
    String reason,
    String message,
    Optional<String> podReason,
    boolean isPodAtItsEnd) {

  private static final int KILLED = 137;

  /** The process ended by itself. */
  public static PodEnd exited(int exitCode, String message) {
    return new PodEnd(
        exitCode, exitCode == 0 ? "Completed" : "Error", message, Optional.empty(), true);
  }

  /** The process was killed and left no word. */
  public static PodEnd killed() {
    return exited(KILLED, "");
  }

  /** The process was killed for want of memory. */
  public static PodEnd outOfMemory() {
    return new PodEnd(KILLED, "OOMKilled", "", Optional.empty(), true);
  }

  /** The node was short of something and put the pod out. */
  public static PodEnd evicted() {
    return new PodEnd(KILLED, "Error", "", Optional.of("Evicted"), true);
  }

  /** The same end of the process, while a container beside it goes on for ever. */
  public PodEnd besideAnotherContainer() {
    return new PodEnd(exitCode, reason, message, podReason, false);
  }

  boolean isSuccess() {
    return exitCode == 0 && podReason.isEmpty();
  }
}
