package dev.dbmigration.e2e;

import com.github.dockerjava.api.DockerClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.GenericContainer;

/** The container engine of the machine, and the programs beside it that the tests start. */
final class ContainerEngine {

  private static final Duration LONGEST_START = Duration.ofMinutes(5);

  private ContainerEngine() {}

  /** Why tests on a cluster cannot run here; empty if they can. */
  static Optional<String> whyNot() {
    if (!DockerClientFactory.instance().isDockerAvailable()) {
      return Optional.of("no container engine answers on this machine");
    }
    return Stream.of(List.of("kubectl", "version", "--client"), List.of("helm", "version"))
        .filter(words -> !starts(words))
        .map(words -> words.getFirst() + " is not on the PATH")
        .findFirst();
  }

  private static boolean starts(List<String> words) {
    try {
      return Command.of(words.toArray(String[]::new)).run().succeeded();
    } catch (UncheckedIOException e) {
      return false;
    }
  }

  static DockerClient client() {
    return DockerClientFactory.instance().client();
  }

  /** Starts a container that is stopped, at the latest, when the JVM ends. */
  static void start(GenericContainer<?> container) {
    System.out.println("Starting a container of " + container.getDockerImageName());
    Runtime.getRuntime().addShutdownHook(new Thread(container::stop));
    container.withStartupTimeout(LONGEST_START);
    container.start();
  }

  /** Where other containers and pods of the cluster reach a container. */
  static String addressOf(GenericContainer<?> container) {
    return client()
        .inspectContainerCmd(container.getContainerId())
        .exec()
        .getNetworkSettings()
        .getNetworks()
        .values()
        .iterator()
        .next()
        .getIpAddress();
  }

  /** Runs a shell command in a container. */
  static String shell(GenericContainer<?> container, String script) {
    try {
      var result = container.execInContainer("sh", "-c", script);
      if (result.getExitCode() != 0) {
        throw new AssertionError(
            script + "\nended with " + result.getExitCode() + "\n" + result.getStderr());
      }
      return result.getStdout().strip();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
