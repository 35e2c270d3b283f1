package dev.dbmigration.support;

import dev.dbmigration.report.RunContract;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Pods as processes of this machine: the image is a command, volumes are a temporary folder, and
 * the termination message is a file. No process outlives this object, or the program.
 */
public final class ProcessPods implements PodRuntime {

  private static final int LONGEST_MESSAGE = 4096;

  private final KubernetesClient client;
  private final List<String> image;
  private final Set<Process> processes = ConcurrentHashMap.newKeySet();
  private final Thread atExit = new Thread(this::killAll, "kill pods");
  private volatile boolean closed;

  /**
   * Prepares to run pods.
   *
   * @param client to read what pods mount
   * @param image the command that stands for every image; the container's arguments follow it
   */
  public ProcessPods(KubernetesClient client, List<String> image) {
    this.client = client;
    this.image = List.copyOf(image);
    Runtime.getRuntime().addShutdownHook(atExit);
  }

  /**
   * The program of this class path, in a small virtual machine that starts fast.
   *
   * @param mainClass name of the class with {@code main}
   */
  public static List<String> javaImage(String mainClass) {
    return List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-XX:+UseSerialGC",
        "-XX:TieredStopAtLevel=1",
        "-Xmx128m",
        "-cp",
        classPath(),
        mainClass);
  }

  private static String classPath() {
    return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
        .map(entry -> Path.of(entry).toAbsolutePath().toString())
        .collect(Collectors.joining(File.pathSeparator));
  }

  @Override
  public Started start(Pod pod, Events events) {
    try {
      var root = Files.createTempDirectory("pod-" + pod.getMetadata().getName() + "-");
      try {
        new MountedVolumes(client, pod, root).mount();
      } catch (MountedVolumes.MissingException e) {
        delete(root);
        events.waits("CreateContainerConfigError", e.getMessage());
        return gracePeriod -> events.ended(PodEnd.killed());
      }
      return start(pod, root, events);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private synchronized Started start(Pod pod, Path root, Events events) throws IOException {
    if (closed) {
      throw new IllegalStateException("no pod starts any more");
    }
    var message = Files.createFile(root.resolve("termination-log"));
    var command = new ArrayList<>(image);
    command.addAll(pod.getSpec().getContainers().getFirst().getArgs());
    var builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().keySet().removeIf(name -> name.startsWith("DBMIGRATION_"));
    builder.environment().putAll(environment(pod, root, message));
    var process = builder.start();
    processes.add(process);
    Thread.ofVirtual().start(() -> follow(process, root, events));
    return gracePeriod -> stop(process, gracePeriod);
  }

  private static Map<String, String> environment(Pod pod, Path root, Path message) {
    var variables = new HashMap<String, String>();
    pod.getSpec()
        .getContainers()
        .getFirst()
        .getEnv()
        .forEach(variable -> variables.put(variable.getName(), variable.getValue()));
    variables.put(RunContract.ROOT, root + RunContract.DEFAULT_ROOT);
    variables.put(RunContract.TERMINATION_MESSAGE, message.toString());
    return variables;
  }

  private void follow(Process process, Path root, Events events) {
    events.runs();
    try (var output = process.inputReader(StandardCharsets.UTF_8)) {
      output.lines().forEach(events::wrote);
    } catch (IOException | UncheckedIOException e) {
      events.wrote("the log breaks off: " + e.getMessage());
    }
    var exitCode = process.onExit().join().exitValue();
    processes.remove(process);
    events.ended(PodEnd.exited(exitCode, message(root)));
    delete(root);
  }

  private static String message(Path root) {
    try {
      var bytes = Files.readAllBytes(root.resolve("termination-log"));
      return new String(bytes, 0, Math.min(bytes.length, LONGEST_MESSAGE), StandardCharsets.UTF_8);
    } catch (IOException e) {
      return "";
    }
  }

  /** By its handle: that of the process would close the pipe and lose the last words. */
  private static void stop(Process process, Duration gracePeriod) {
    process.toHandle().destroy();
    Thread.ofVirtual()
        .start(() -> {
          if (!ended(process, gracePeriod)) {
            process.destroyForcibly();
          }
        });
  }

  private static boolean ended(Process process, Duration within) {
    try {
      return process.waitFor(within.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** The processes that run now. */
  public List<ProcessHandle> running() {
    return processes.stream().map(Process::toHandle).toList();
  }

  @Override
  public void close() {
    killAll();
    try {
      Runtime.getRuntime().removeShutdownHook(atExit);
    } catch (IllegalStateException e) {
      // The program is ending already, and the hook is what called this.
    }
  }

  private synchronized void killAll() {
    closed = true;
    processes.forEach(Process::destroyForcibly);
    processes.forEach(process -> ended(process, Duration.ofSeconds(10)));
  }

  private static void delete(Path root) {
    try {
      Files.walkFileTree(root, new Deleting());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static final class Deleting extends SimpleFileVisitor<Path> {
    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
      Files.deleteIfExists(file);
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult postVisitDirectory(Path folder, IOException problem) throws IOException {
      Files.deleteIfExists(folder);
      return FileVisitResult.CONTINUE;
    }
  }
}
