package dev.dbmigration.e2e;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.testcontainers.k3s.K3sContainer;
import org.testcontainers.utility.DockerImageName;
import org.testcontainers.utility.MountableFile;

/** One real Kubernetes in a container, shared by all tests of the JVM. */
final class Cluster {

  private static final String DEFAULT_IMAGE = "rancher/k3s:v1.36.3-k3s1";
  private static final String IMPORT =
      "ctr --address /run/k3s/containerd/containerd.sock -n k8s.io images import ";

  private final K3sContainer node;
  private final Path kubeconfig;
  private final KubernetesClient client;
  private final Set<String> loaded = ConcurrentHashMap.newKeySet();

  private Cluster(K3sContainer node) throws IOException {
    this.node = node;
    this.kubeconfig = Files.createTempFile("kubeconfig", ".yaml");
    kubeconfig.toFile().deleteOnExit();
    Files.writeString(kubeconfig, node.getKubeConfigYaml());
    this.client =
        new KubernetesClientBuilder()
            .withConfig(Config.fromKubeconfig(node.getKubeConfigYaml()))
            .build();
  }

  private static final class Shared {
    static final Cluster CLUSTER = start();
  }

  /** The cluster of this JVM, started when first asked for. */
  static Cluster shared() {
    return Shared.CLUSTER;
  }

  private static Cluster start() {
    var image = Optional.ofNullable(System.getenv("K3S_IMAGE")).orElse(DEFAULT_IMAGE);
    var node =
        new K3sContainer(DockerImageName.parse(image).asCompatibleSubstituteFor("rancher/k3s"));
    ContainerEngine.start(node);
    try {
      return new Cluster(node);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  KubernetesClient client() {
    return client;
  }

  /** Runs kubectl against this cluster, as its administrator. */
  Command.Result kubectl(String... arguments) {
    return kubectlCommand(arguments).run();
  }

  /** Runs kubectl with a text on its standard input, for {@code apply -f -}. */
  Command.Result kubectlReading(String input, String... arguments) {
    return kubectlCommand(arguments).reading(input).run();
  }

  private Command kubectlCommand(String... arguments) {
    return onThisCluster(Command.of("kubectl").and(List.of(arguments)));
  }

  /** Runs helm against this cluster. */
  Command.Result helm(List<String> arguments) {
    return onThisCluster(Command.of("helm").and(arguments)).run();
  }

  /** The command with this cluster as its Kubernetes. */
  Command onThisCluster(Command command) {
    return command.with("KUBECONFIG", kubeconfig.toString());
  }

  /** Makes an image of the container engine known to the cluster's node, once. */
  void load(String image) {
    if (loaded.add(image)) {
      copy(image);
    }
  }

  private void copy(String image) {
    System.out.println("Loading the image " + image + " into the cluster");
    try {
      var archive = Files.createTempFile("image", ".tar");
      try (var content = ContainerEngine.client().saveImageCmd(image).exec()) {
        Files.copy(content, archive, StandardCopyOption.REPLACE_EXISTING);
        node.copyFileToContainer(MountableFile.forHostPath(archive), "/image.tar");
        onTheNode(IMPORT + "/image.tar && rm /image.tar");
      } finally {
        Files.delete(archive);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Runs a shell command as root on the node. */
  String onTheNode(String script) {
    return ContainerEngine.shell(node, script);
  }

  /** Kills the programs of a pod as the kernel would when memory is short. */
  void killProgramsOf(String podUid) {
    onTheNode(
        """
        for process in /proc/[0-9]*; do
          grep -qE '%s|%s' $process/cgroup 2>/dev/null || continue
          [ "$(cat $process/comm)" = pause ] || kill -KILL ${process#/proc/}
        done
        """
            .formatted(podUid, podUid.replace('-', '_')));
  }

  /** Stops the API server without ending it; {@link Pause#close} lets it go on. */
  Pause pauseApiServer() {
    onTheNode("kill -STOP " + API_SERVER);
    return () -> onTheNode("kill -CONT " + API_SERVER);
  }

  private static final String API_SERVER = "$(pidof kube-apiserver || pidof k3s-server)";

  /** Something that is away until this is closed. */
  interface Pause extends AutoCloseable {
    @Override
    void close();
  }
}
