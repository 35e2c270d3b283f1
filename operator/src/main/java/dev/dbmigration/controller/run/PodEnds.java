package dev.dbmigration.controller.run;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.SequencedMap;

/**
 * The pods that were seen to end, with what they left: an evicted pod is gone a moment after its
 * end, before anybody can ask for it. Keeps the newest only, which are read within moments.
 */
public final class PodEnds {

  /** More runs than this do not end before one of them is read. */
  static final int MOST = 256;

  private final SequencedMap<String, Pod> pods = new LinkedHashMap<>();

  /** Keeps what a pod left if its run has ended; returns the pod as it is. */
  public Pod noted(Pod pod) {
    if (hasEnded(pod)) {
      note(pod);
    }
    return pod;
  }

  /** Whether the runner in a pod has ended. */
  public static boolean hasEnded(Pod pod) {
    return PodReader.terminated(pod).isPresent();
  }

  /** The pod of a Job as it was at its end; empty if that was not seen. */
  synchronized Optional<Pod> of(Job job) {
    var meta = job.getMetadata();
    return Optional.ofNullable(pods.get(key(meta.getNamespace(), meta.getName())));
  }

  private synchronized void note(Pod pod) {
    var meta = pod.getMetadata();
    var job = Optional.ofNullable(meta.getLabels()).map(labels -> labels.get(PodReader.JOB_NAME));
    job.ifPresent(name -> pods.putLast(key(meta.getNamespace(), name), end(pod)));
    if (pods.size() > MOST) {
      pods.pollFirstEntry();
    }
  }

  /** What is read of an ended pod: its name and its status. */
  private static Pod end(Pod pod) {
    var meta = pod.getMetadata();
    return new PodBuilder()
        .withNewMetadata()
        .withNamespace(meta.getNamespace())
        .withName(meta.getName())
        .endMetadata()
        .withStatus(pod.getStatus())
        .build();
  }

  private static String key(String namespace, String job) {
    return namespace + "/" + job;
  }
}
