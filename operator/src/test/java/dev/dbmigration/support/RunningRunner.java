package dev.dbmigration.support;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A runner as a process of its own, with the options of the image.
 *
 * @param process of the operating system
 * @param standardOutput what it writes
 * @param standardError what it writes there: nothing, if all is well
 * @param terminationMessage where its summary goes
 */
public record RunningRunner(
    Process process, Path standardOutput, Path standardError, Path terminationMessage) {

  private static final int LONGEST_SECONDS = 180;

  static RunningRunner start(Map<String, String> environment, Path terminationMessage) {
    var output = Path.of(terminationMessage + ".out");
    var error = Path.of(terminationMessage + ".err");
    var builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-Xmx48m",
            "-cp",
            classPath(),
            "dev.dbmigration.cli.Main",
            "run");
    builder.environment().putAll(environment);
    builder.redirectOutput(output.toFile()).redirectError(error.toFile());
    try {
      return new RunningRunner(builder.start(), output, error, terminationMessage);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Waits until something is true, while the runner works. */
  public RunningRunner until(Callable<Boolean> condition) {
    await()
        .atMost(Duration.ofSeconds(LONGEST_SECONDS))
        .pollInterval(Duration.ofMillis(50))
        .failFast("the runner ended: " + standardOutput, () -> !process.isAlive())
        .until(condition);
    return this;
  }

  /** Waits until it has written something. */
  public RunningRunner untilItWrote(String text) {
    return until(() -> Files.readString(standardOutput).contains(text));
  }

  /** Sends SIGTERM. */
  public RunningRunner terminate() {
    process.destroy();
    return this;
  }

  /** Sends SIGKILL. */
  public FinishedRunner kill() {
    process.destroyForcibly();
    return finished();
  }

  /** Waits for its end. */
  public FinishedRunner finished() {
    try {
      if (!process.waitFor(LONGEST_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new IllegalStateException("the runner does not end: " + read(standardOutput));
      }
      return new FinishedRunner(
          process.exitValue(),
          read(standardOutput),
          read(standardError),
          Files.exists(terminationMessage) ? read(terminationMessage) : "");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** Of this process; some test launchers have a class loader of their own for it. */
  private static String classPath() {
    return RunningRunner.class.getClassLoader() instanceof URLClassLoader loader
        ? Stream.of(loader.getURLs()).map(URL::getPath).collect(Collectors.joining(":"))
        : System.getProperty("java.class.path");
  }

  private static String read(Path file) {
    try {
      return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
