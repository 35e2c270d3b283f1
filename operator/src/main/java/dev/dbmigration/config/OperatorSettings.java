package dev.dbmigration.config;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How the operator behaves. What each part means stands in {@link Setting}.
 *
 * @param watchNamespaces empty means all
 * @param runner what is set for the runner's pods
 * @param maxConcurrentRuns at least 1
 * @param configMapInterval between two looks at a ConfigMap that is not watched
 * @param lease what the leader holds; absent without leader election
 * @param listenPort of probes and metrics; 0 picks a free one
 */
public record OperatorSettings(
    List<String> watchNamespaces,
    Runner runner,
    int maxConcurrentRuns,
    Duration configMapInterval,
    Optional<Lease> lease,
    int listenPort) {

  /** Copies the namespaces. */
  public OperatorSettings {
    watchNamespaces = List.copyOf(watchNamespaces);
  }

  /**
   * What is set for the runner's pods.
   *
   * @param image of the container
   * @param pullPolicy as Kubernetes writes it
   * @param gracePeriod between the signal to stop and the end
   * @param allowLoopback whether a target may have a loopback address
   * @param labels keys of labels that resources may add
   * @param annotations keys of annotations that resources may add
   */
  public record Runner(
      String image,
      String pullPolicy,
      Duration gracePeriod,
      boolean allowLoopback,
      List<String> labels,
      List<String> annotations) {
    /** Copies the keys. */
    public Runner {
      labels = List.copyOf(labels);
      annotations = List.copyOf(annotations);
    }
  }

  /**
   * The Lease by which one of several replicas leads.
   *
   * @param namespace where it is
   * @param name how it is called
   */
  public record Lease(String namespace, String name) {}

  /**
   * Reads the settings.
   *
   * @param environment variables by name
   * @throws InvalidSettingsException if anything is wrong, naming all of it
   */
  public static OperatorSettings read(Map<String, String> environment) {
    var reader = new SettingsReader(environment);
    var settings =
        new OperatorSettings(
            reader.names(Setting.WATCH_NAMESPACES),
            runner(reader),
            reader.number(Setting.MAX_CONCURRENT_RUNS, 1, 1000),
            reader.duration(
                Setting.CONFIG_MAP_INTERVAL, Duration.ofSeconds(1), Duration.ofHours(1)),
            lease(reader),
            reader.number(Setting.LISTEN_PORT, 0, 65535));
    reader.refuseIfThereAreProblems();
    return settings;
  }

  private static Runner runner(SettingsReader reader) {
    return new Runner(
        reader.required(Setting.RUNNER_IMAGE, "name the image, for example with its digest"),
        reader.oneOf(Setting.RUNNER_IMAGE_PULL_POLICY, List.of("Always", "IfNotPresent", "Never")),
        reader.duration(Setting.RUNNER_GRACE_PERIOD, Duration.ofSeconds(10), Duration.ofHours(1)),
        reader.flag(Setting.RUNNER_ALLOW_LOOPBACK),
        reader.names(Setting.RUNNER_LABELS),
        reader.names(Setting.RUNNER_ANNOTATIONS));
  }

  private static Optional<Lease> lease(SettingsReader reader) {
    var name = reader.required(Setting.LEASE_NAME, "name the Lease");
    if (!reader.flag(Setting.LEADER_ELECTION)) {
      return Optional.empty();
    }
    var namespace =
        reader.required(
            Setting.LEASE_NAMESPACE,
            "name the operator's namespace, or set "
                + Setting.LEADER_ELECTION.variable()
                + " to false");
    return Optional.of(new Lease(namespace, name));
  }
}
