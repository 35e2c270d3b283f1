package dev.dbmigration.runner;

import dev.dbmigration.model.Failure;
import dev.dbmigration.model.Reason;
import dev.dbmigration.model.RunRequest;
import dev.dbmigration.report.RunContract;
import dev.dbmigration.report.RunRequests;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What the runner is told by its environment.
 *
 * @param request what to do
 * @param root where everything is mounted
 * @param allowLoopback whether the target may have a loopback address
 * @param gracePeriod between the signal to stop and the end of the pod
 */
record RunnerSettings(RunRequest request, Path root, boolean allowLoopback, Duration gracePeriod) {

  private static final String DEFAULT_GRACE_SECONDS = "60";
  private static final int LONGEST_GRACE_SECONDS = 3600;

  /** What comes of reading an environment. */
  sealed interface Reading {

    /**
     * A run can begin.
     *
     * @param settings complete
     */
    record Usable(RunnerSettings settings) implements Reading {}

    /**
     * No run can begin.
     *
     * @param failure names everything that is wrong
     */
    record Unusable(Failure failure) implements Reading {}
  }

  /** Reads the environment; all that is wrong with it is said at once. */
  static Reading read(Map<String, String> environment) {
    return new Reader(environment).read();
  }

  /** Where the summary of the report goes, whatever else is wrong. */
  static Path terminationMessage(Map<String, String> environment) {
    try {
      return Path.of(
          environment.getOrDefault(
              RunContract.TERMINATION_MESSAGE, RunContract.DEFAULT_TERMINATION_MESSAGE));
    } catch (InvalidPathException _) {
      return Path.of(RunContract.DEFAULT_TERMINATION_MESSAGE);
    }
  }

  /** Collects problems while it reads. */
  private static final class Reader {

    private final Map<String, String> environment;
    private final List<String> problems = new ArrayList<>();

    Reader(Map<String, String> environment) {
      this.environment = environment;
    }

    Reading read() {
      var requests = request();
      var roots = root();
      boolean allowLoopback = allowLoopback();
      var gracePeriod = gracePeriod();
      if (!problems.isEmpty()) {
        return new Reading.Unusable(failure());
      }
      return new Reading.Usable(
          new RunnerSettings(requests.getFirst(), roots.getFirst(), allowLoopback, gracePeriod));
    }

    private List<RunRequest> request() {
      if (!environment.containsKey(RunContract.REQUEST)) {
        problems.add(RunContract.REQUEST + " is not set");
        return List.of();
      }
      try {
        return List.of(RunRequests.read(environment.getOrDefault(RunContract.REQUEST, "")));
      } catch (IllegalArgumentException e) {
        problems.add(RunContract.REQUEST + " is " + e.getMessage());
        return List.of();
      }
    }

    private List<Path> root() {
      var text = environment.getOrDefault(RunContract.ROOT, RunContract.DEFAULT_ROOT);
      try {
        return List.of(Path.of(text));
      } catch (InvalidPathException _) {
        problems.add(RunContract.ROOT + " is not a path");
        return List.of();
      }
    }

    private boolean allowLoopback() {
      var text = environment.getOrDefault(RunContract.ALLOW_LOOPBACK, "false");
      if (!text.equals("true") && !text.equals("false")) {
        problems.add(RunContract.ALLOW_LOOPBACK + " is neither true nor false");
      }
      return text.equals("true");
    }

    private Duration gracePeriod() {
      var text = environment.getOrDefault(RunContract.GRACE_PERIOD, DEFAULT_GRACE_SECONDS);
      boolean isNumber = text.matches("[0-9]{1,4}");
      if (!isNumber
          || Integer.parseInt(text) < 1
          || Integer.parseInt(text) > LONGEST_GRACE_SECONDS) {
        problems.add(
            RunContract.GRACE_PERIOD
                + " is not a number of seconds from 1 to "
                + LONGEST_GRACE_SECONDS);
        return Duration.ZERO;
      }
      return Duration.ofSeconds(Integer.parseInt(text));
    }

    private Failure failure() {
      return Failure.of(
          Reason.INVALID_SPEC,
          "The run cannot begin: its environment is wrong: " + String.join("; ", problems) + ".",
          "The operator sets these variables: check that the runner's image belongs to the operator's"
              + " version and that nothing changes its pods.");
    }
  }
}
