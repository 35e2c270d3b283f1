package dev.dbmigration.support;

import dev.dbmigration.report.RunContract;
import dev.dbmigration.report.RunRequests;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;

/**
 * What a Job gives to its runner: a folder with everything mounted, and the request. Every start is
 * a run with a new number, in a process of its own.
 */
public final class RunnerPod {

  private static final String CONFIG_MAP = RunContract.SOURCE_FOLDER + "/0";
  private static final AtomicInteger RUNS = new AtomicInteger();

  private final MountedFolders folders = MountedFolders.create();
  private final Map<String, String> environment = new TreeMap<>();
  private Requests requests = Requests.plain();

  private RunnerPod() {}

  /** A pod with the target's Secret, and a ConfigMap without files. */
  public static RunnerPod of(Map<String, String> secret) {
    var pod = new RunnerPod();
    pod.mount(RunContract.TARGET_FOLDER, secret);
    pod.mount(CONFIG_MAP, Map.of());
    return pod;
  }

  /** A pod for a database. */
  public static RunnerPod of(TestDatabase database) {
    return of(database.secret());
  }

  /** Adds a file to the source, or replaces it. */
  public RunnerPod with(String file, String text) {
    return mount(CONFIG_MAP, Map.of(file, text));
  }

  /** Adds a file to the source that is not text. */
  public RunnerPod with(String file, byte[] content) {
    folders.add(CONFIG_MAP, file, content);
    return this;
  }

  /** Takes a file out of the source. */
  public RunnerPod without(String file) {
    folders.remove(CONFIG_MAP, file);
    return this;
  }

  /** Mounts a Secret or a ConfigMap. */
  public RunnerPod mount(String folder, Map<String, String> texts) {
    folders.add(folder, texts);
    return this;
  }

  /** Changes what is asked. */
  public RunnerPod asking(UnaryOperator<Requests> change) {
    requests = change.apply(requests);
    return this;
  }

  /** Sets a variable to something else than the operator does. */
  public RunnerPod variable(String name, String value) {
    environment.put(name, value);
    return this;
  }

  /** Starts a run and waits for its end. */
  public FinishedRunner run() {
    return start().finished();
  }

  /** Starts a run. */
  public RunningRunner start() {
    int run = RUNS.incrementAndGet();
    var terminationMessage = folders.root().resolve("termination-message-" + run);
    var variables = new TreeMap<String, String>();
    variables.put(RunContract.REQUEST, RunRequests.write(requests.numbered(run).request()));
    variables.put(RunContract.ROOT, folders.root().toString());
    variables.put(RunContract.TERMINATION_MESSAGE, terminationMessage.toString());
    variables.put(RunContract.ALLOW_LOOPBACK, "true");
    variables.put(RunContract.GRACE_PERIOD, "60");
    variables.putAll(environment);
    return RunningRunner.start(variables, terminationMessage);
  }
}
