package dev.dbmigration.e2e;

import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.awaitility.Awaitility;

/**
 * The operator, installed with its chart, with exactly the rights that the chart gives it.
 *
 * @param cluster where it is
 * @param release name of the Helm release
 * @param namespace of the release, under restricted Pod Security
 */
record Installation(Cluster cluster, String release, String namespace) {

  private static final String CHART = "helm/dbmigration-operator";
  private static final Map<String, Installation> PRESENT = new LinkedHashMap<>();

  /** The installation that most tests use: made by the documented commands, word for word. */
  static synchronized Installation shared() {
    var shared = new Installation(Cluster.shared(), "dbmigration-operator", "dbmigration-system");
    if (PRESENT.putIfAbsent(shared.key(), shared) == null) {
      shared.cluster.load(Image.built());
      System.out.println("Installing the operator");
      var install = Documented.in("docs/install.md", "install").command();
      shared.cluster.onThisCluster(install).run().orFail();
    }
    return shared;
  }

  /** All that are installed now. */
  static synchronized Collection<Installation> present() {
    return List.copyOf(PRESENT.values());
  }

  /** Installs the chart, with settings such as {@code replicas=2}, and waits until it is ready. */
  static synchronized Installation install(
      String release, String namespace, List<String> settings) {
    var cluster = Cluster.shared();
    cluster.load(Image.built());
    cluster.client().resource(restricted(namespace)).serverSideApply();
    var installation = new Installation(cluster, release, namespace);
    PRESENT.put(installation.key(), installation);
    installation.change(settings);
    return installation;
  }

  private static Namespace restricted(String name) {
    return new NamespaceBuilder()
        .withNewMetadata()
        .withName(name)
        .addToLabels("pod-security.kubernetes.io/enforce", "restricted")
        .endMetadata()
        .build();
  }

  private String key() {
    return namespace + "/" + release;
  }

  /** Installs it again with other settings. */
  void change(List<String> settings) {
    var arguments = new ArrayList<>(List.of("upgrade", "--install", release));
    arguments.add(Project.folder().resolve(CHART).toString());
    arguments.addAll(List.of("--namespace", namespace, "--wait", "--timeout", "5m"));
    settings.forEach(setting -> arguments.addAll(List.of("--set", setting)));
    cluster.helm(arguments).orFail();
  }

  /** Takes it away, all of its objects but the resource definitions. */
  void uninstall() {
    cluster.helm(List.of("uninstall", release, "--namespace", namespace, "--wait")).orFail();
    forget();
  }

  /** Says that somebody else has taken it away. */
  void forget() {
    synchronized (Installation.class) {
      PRESENT.remove(key());
    }
  }

  /** Its pods that are not on their way out. */
  List<Pod> pods() {
    return cluster
        .client()
        .pods()
        .inNamespace(namespace)
        .withLabel("app.kubernetes.io/instance", release)
        .list()
        .getItems()
        .stream()
        .filter(pod -> pod.getMetadata().getDeletionTimestamp() == null)
        .toList();
  }

  /** What its pods have printed since they started. */
  String logs() {
    var selector = "app.kubernetes.io/instance=" + release;
    return cluster
        .kubectl("logs", "-n", namespace, "-l", selector, "--prefix", "--tail=-1")
        .stdout();
  }

  /** Takes its pods away; {@link Cluster.Pause#close} brings them back. */
  Cluster.Pause away() {
    var replicas = Integer.toString(pods().size());
    scale("0");
    Awaitility.await("the operator to be gone")
        .atMost(Duration.ofMinutes(3))
        .until(() -> allPods().isEmpty());
    return () -> scale(replicas);
  }

  private String allPods() {
    var selector = "app.kubernetes.io/instance=" + release;
    return cluster.kubectl("get", "pods", "-n", namespace, "-l", selector, "-o", "name").orFail();
  }

  private void scale(String replicas) {
    cluster.kubectl("scale", "-n", namespace, deployment(), "--replicas=" + replicas).orFail();
    cluster.kubectl("rollout", "status", "-n", namespace, deployment(), "--timeout=5m").orFail();
  }

  /** Its Deployment, as kubectl names it. */
  String deployment() {
    return "deployment/"
        + cluster
            .client()
            .apps()
            .deployments()
            .inNamespace(namespace)
            .withLabel("app.kubernetes.io/instance", release)
            .list()
            .getItems()
            .getFirst()
            .getMetadata()
            .getName();
  }

  /** Name of the pod that holds the Lease, waiting for one that is there. */
  String awaitLeader() {
    return Awaitility.await("a leader")
        .atMost(Duration.ofMinutes(3))
        .until(this::leader, Optional::isPresent)
        .orElseThrow();
  }

  /** The holder's identity is the name of its pod and more behind it. */
  private Optional<String> leader() {
    var holder =
        cluster
            .kubectl(
                "get", "leases", "-n", namespace, "-o", "jsonpath={.items[*].spec.holderIdentity}")
            .orFail();
    return pods().stream()
        .map(pod -> pod.getMetadata().getName())
        .filter(holder::startsWith)
        .findFirst();
  }

  /** Reads a page of one of its pods. */
  Command.Result get(String pod, String path) {
    return cluster.kubectl(
        "get",
        "--raw",
        "/api/v1/namespaces/%s/pods/%s:8080/proxy%s".formatted(namespace, pod, path));
  }
}
