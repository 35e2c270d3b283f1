package dev.dbmigration.support;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import io.fabric8.mockwebserver.Context;
import io.fabric8.mockwebserver.MockWebServer;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * A Kubernetes API server in memory, on a free port of this machine, over plain HTTP: objects,
 * status, watches, conflicts, finalizers, dependents and pod logs, but neither schema validation
 * nor admission nor access control nor any controller.
 */
public final class InMemoryKubernetes implements AutoCloseable {

  private static final Logger SERVER_LOG = Logger.getLogger(MockWebServer.class.getName());

  private final RequestLog requests = new RequestLog();
  private final Faults faults = new Faults();
  private final PodLogs podLogs = new PodLogs();
  private final ApiServer api = new ApiServer(requests, faults, podLogs, CustomResource.read());
  private final KubernetesMockServer server =
      new KubernetesMockServer(
          new Context(new ObjectMapper()), new MockWebServer(), new HashMap<>(), api, false);
  private final List<KubernetesClient> clients = new ArrayList<>();

  private InMemoryKubernetes() {}

  /** Starts one, empty. */
  public static InMemoryKubernetes start() {
    return start(0);
  }

  private static InMemoryKubernetes start(int port) {
    var kubernetes = new InMemoryKubernetes();
    SERVER_LOG.setLevel(Level.WARNING);
    kubernetes.server.start(InetAddress.getLoopbackAddress(), port);
    return kubernetes;
  }

  /** Where clients find it. */
  public String url() {
    return "http://127.0.0.1:" + server.getPort() + "/";
  }

  /** A client that tries nothing twice; closed together with this server. */
  public KubernetesClient client() {
    return client("test", config -> config.withRequestRetryBackoffLimit(0));
  }

  /**
   * A client with a name of its own, by which its requests can be told apart. It stays with
   * HTTP/1.1: on the way to HTTP/2 without TLS, this server now and then mixes the two up.
   *
   * @param agent the name, seen as {@link ApiRequest#agent()}
   * @param adjust changes to the settings, which are Fabric8's defaults
   */
  public synchronized KubernetesClient client(String agent, UnaryOperator<ConfigBuilder> adjust) {
    var config =
        new ConfigBuilder(Config.empty())
            .withMasterUrl(url())
            .withNamespace("default")
            .withUserAgent(agent)
            .withHttp2Disable(true);
    var client = new KubernetesClientBuilder().withConfig(adjust.apply(config).build()).build();
    clients.add(client);
    return client;
  }

  /** What was asked of it. */
  public RequestLog requests() {
    return requests;
  }

  /** To make requests fail. */
  public Faults faults() {
    return faults;
  }

  /** What pods wrote. */
  public PodLogs podLogs() {
    return podLogs;
  }

  /** Ends all watches; clients open new ones. */
  public void cutWatches() {
    api.watches().cut();
  }

  @Override
  public synchronized void close() {
    clients.forEach(KubernetesClient::close);
    server.shutdown();
    api.watches().close();
  }

  /** Serves until it is stopped, on the port given as the first argument or a free one. */
  public static void main(String[] arguments) throws InterruptedException {
    try (var kubernetes = start(arguments.length > 0 ? Integer.parseInt(arguments[0]) : 0)) {
      System.out.println(kubernetes.url());
      Thread.currentThread().join();
    }
  }
}
