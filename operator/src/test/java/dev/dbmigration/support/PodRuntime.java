package dev.dbmigration.support;

import io.fabric8.kubernetes.api.model.Pod;
import java.time.Duration;

/**
 * Runs the one container of a pod, as a scheduler, a kubelet and a container runtime do together.
 */
public interface PodRuntime extends AutoCloseable {

  /**
   * Starts a pod and returns at once.
   *
   * @param pod as it was created
   * @param events where to tell what becomes of it
   */
  Started start(Pod pod, Events events);

  /** Ends every pod; none is left behind. */
  @Override
  default void close() {}

  /** A pod that was started. */
  interface Started {

    /** Asks it to stop, and kills it when the time is over; its end is told as any other. */
    void stop(Duration gracePeriod);
  }

  /** What becomes of a pod. */
  interface Events {

    /** No node takes it. */
    void unschedulable(String message);

    /** Its container cannot start for now. */
    void waits(String reason, String message);

    /** Its container runs. */
    void runs();

    /** Its container wrote a line. */
    void wrote(String line);

    /** Its container ended; told once, and nothing after it. */
    void ended(PodEnd end);
  }
}
