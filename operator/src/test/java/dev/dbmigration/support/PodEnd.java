package dev.dbmigration.support;

import java.util.Optional;

/**
 * How a pod's container ended.
 *
 * @param exitCode of its process; 128 + n after signal n
 * @param reason as the kubelet says it
 * @param message the termination message; empty if there is none
 * @param podReason why the whole pod failed, where it was not for its container
 */
public record PodEnd(int exitCode, String reason, String message, Optional<String> podReason) {

  private static final int KILLED = 137;

  /** The process ended by itself. */
  public static PodEnd exited(int exitCode, String message) {
    return new PodEnd(exitCode, exitCode == 0 ? "Completed" : "Error", message, Optional.empty());
  }

  /** The process was killed and left no word. */
  public static PodEnd killed() {
    return exited(KILLED, "");
  }

  /** The process was killed for want of memory. */
  public static PodEnd outOfMemory() {
    return new PodEnd(KILLED, "OOMKilled", "", Optional.empty());
  }

  /** The node was short of something and put the pod out. */
  public static PodEnd evicted() {
    return new PodEnd(KILLED, "Error", "", Optional.of("Evicted"));
  }

  boolean isSuccess() {
    return exitCode == 0 && podReason.isEmpty();
  }
}
