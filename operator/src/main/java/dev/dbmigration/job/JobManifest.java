package dev.dbmigration.job;

import dev.dbmigration.model.Checksum;
import dev.dbmigration.model.RunRequest;
import dev.dbmigration.model.Source;
import dev.dbmigration.report.InlineFiles;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobBuilder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The Job of a run: one pod that is never replaced, may do nothing in the cluster, and finds its
 * request and its files where {@link dev.dbmigration.report.RunContract} says. It has no owner, so
 * that no cascade deletes it while it works, and no time to live, so that its report can be read.
 */
public final class JobManifest {

  /** Name of the container whose end is the end of the run. */
  public static final String CONTAINER = "migrate";

  /** Annotation of the pod with the packed inline files. */
  static final String INLINE = "dbmigration.dev/inline";

  /**
   * Beyond deadline and grace period. Long, because Kubernetes counts from the creation of the Job:
   * a node that is still to come, and an image that is to be pulled, take nothing from the run.
   */
  private static final Duration BACKSTOP = Duration.ofHours(1);

  private JobManifest() {}

  /** The Job of a request. */
  public static Job of(RunRequest request, JobSettings settings, PodOptions options) {
    var identity = JobIdentity.of(request);
    var inline = packedFiles(request.source());
    var sent = inline.map(packed -> withoutFiles(request, packed)).orElse(request);
    return new JobBuilder()
        .withMetadata(jobMetadata(identity, options))
        .withNewSpec()
        .withParallelism(1)
        .withCompletions(1)
        .withBackoffLimit(0)
        .withPodReplacementPolicy("Failed")
        .withActiveDeadlineSeconds(activeDeadline(request, settings))
        .withNewTemplate()
        .withMetadata(podMetadata(identity, options, inline))
        .withSpec(new RunnerPod(sent, settings, options).spec())
        .endTemplate()
        .endSpec()
        .build();
  }

  private static ObjectMeta jobMetadata(JobIdentity identity, PodOptions options) {
    return new ObjectMetaBuilder()
        .withNamespace(identity.resource().namespace())
        .withName(identity.jobName())
        .withLabels(over(options.labels(), identity.labels()))
        .withAnnotations(over(options.annotations(), identity.annotations()))
        .build();
  }

  private static ObjectMeta podMetadata(
      JobIdentity identity, PodOptions options, Optional<String> inline) {
    var annotations = new TreeMap<>(over(options.annotations(), identity.annotations()));
    annotations.put("cluster-autoscaler.kubernetes.io/safe-to-evict", "false");
    annotations.put("karpenter.sh/do-not-disrupt", "true");
    inline.ifPresent(packed -> annotations.put(INLINE, packed));
    return new ObjectMetaBuilder()
        .withLabels(over(options.labels(), identity.labels()))
        .withAnnotations(annotations)
        .build();
  }

  /** What the user adds, and over it what is ours. */
  private static Map<String, String> over(Map<String, String> added, Map<String, String> ours) {
    var all = new TreeMap<>(added);
    all.putAll(ours);
    return all;
  }

  /**
   * The Job controller deletes the pod and its report with it, so this is only for a runner that
   * does not keep its deadline.
   */
  private static @Nullable Long activeDeadline(RunRequest request, JobSettings settings) {
    var deadline = request.execution().deadline();
    return deadline.isZero()
        ? null
        : deadline.plus(settings.gracePeriod()).plus(BACKSTOP).toSeconds();
  }

  private static Optional<String> packedFiles(Source source) {
    return switch (source) {
      case Source.Inline inline -> Optional.of(InlineFiles.pack(inline.files()));
      case Source.ConfigMaps _ -> Optional.empty();
    };
  }

  /** The files go another way: a variable of the environment holds at most 128 KiB. */
  private static RunRequest withoutFiles(RunRequest request, String packed) {
    return request.withoutInlineFiles(Checksum.ofBytes(packed.getBytes(StandardCharsets.US_ASCII)));
  }
}
