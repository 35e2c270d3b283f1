package dev.dbmigration.bench;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/** The packaged operator, started as the image starts it, with an AOT cache of this machine. */
final class OperatorProcess {

  /** Part of the name by which the operator's client shows itself. */
  static final String AGENT = "fabric8";

  private final Path folder;
  private final Path cache;
  private final String api;

  OperatorProcess(Path folder, String api) {
    this.folder = folder;
    this.api = api;
    this.cache = folder.resolve("operator.aot");
  }

  /** One life of the operator that writes the AOT cache. */
  void train(Runnable work) throws IOException, InterruptedException {
    try (var operator = start("-XX:AOTCacheOutput=" + cache)) {
      operator.awaitReady();
      work.run();
    }
  }

  Running start() throws IOException {
    return start("-XX:AOTCache=" + cache);
  }

  private Running start(String aot) throws IOException {
    int port;
    try (var free = new ServerSocket(0)) {
      port = free.getLocalPort();
    }
    var builder =
        new ProcessBuilder(JavaCommand.of("operator", "-Xms12m", "-Xmx128m", aot))
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("operator.log").toFile());
    builder
        .environment()
        .putAll(
            Map.of(
                "KUBERNETES_MASTER", api,
                "KUBERNETES_AUTH_TRYKUBECONFIG", "false",
                "DBMIGRATION_OPERATOR_RUNNER_IMAGE", "runner",
                "DBMIGRATION_OPERATOR_LEADER_ELECTION", "false",
                "DBMIGRATION_OPERATOR_LISTEN_PORT", Integer.toString(port)));
    return new Running(System.nanoTime(), builder.start(), port);
  }

  /**
   * An operator that was started.
   *
   * @param startedAt by the clock of nanoseconds
   * @param process the JVM
   * @param port of its probes
   */
  record Running(long startedAt, Process process, int port) implements AutoCloseable {

    /** Waits until the operator is ready, and says how long that took from its start. */
    Duration awaitReady() {
      await()
          .atMost(Duration.ofMinutes(2))
          .pollDelay(Duration.ZERO)
          .pollInterval(Duration.ofMillis(5))
          .ignoreExceptions()
          .until(this::isReady);
      return Duration.ofNanos(System.nanoTime() - startedAt);
    }

    long residentMemoryKiB() {
      return MeasuredProcess.residentMemoryKiB(process.pid());
    }

    /** What the heap holds after a full collection. */
    long liveHeapKiB() throws IOException, InterruptedException {
      diagnose("GC.run");
      var used =
          Pattern.compile("used (\\d+)K").matcher(diagnose("GC.heap_info").split("Metaspace")[0]);
      long sum = 0;
      while (used.find()) {
        sum += Long.parseLong(used.group(1));
      }
      return sum;
    }

    @Override
    public void close() {
      process.destroy();
      process.onExit().orTimeout(2, TimeUnit.MINUTES).join();
    }

    private boolean isReady() throws IOException, InterruptedException {
      try (var client = HttpClient.newHttpClient()) {
        var request =
            HttpRequest.newBuilder(URI.create("http://localhost:" + port + "/readyz")).build();
        return client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
      }
    }

    private String diagnose(String command) throws IOException, InterruptedException {
      var jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
      return MeasuredProcess.of(List.of(jcmd, Long.toString(process.pid()), command), Map.of())
          .output();
    }
  }
}
