package dev.dbmigration.cli;

import java.util.List;
import java.util.Objects;

/**
 * The entry of the one program: {@code operator} controls a cluster, {@code run} is one run in its
 * pod.
 */
public final class Main {

  private static final String USAGE =
      """
      Usage: dbmigration COMMAND
      Database migrations as a Kubernetes resource.

        operator    Looks after the DatabaseMigrations of a cluster. Its settings are variables
                    that begin with DBMIGRATION_OPERATOR_.
        run         Carries out one run, as the operator's Jobs do: reads the variable
                    DBMIGRATION_RUN, writes a report.
        --help      Shows this.
        --version   Shows the version.
      """;

  /** As shells have it for a command that was called in a wrong way. */
  private static final int MISUSED = 2;

  private Main() {}

  /** Runs the named command and exits with its code. */
  public static void main(String[] arguments) throws InterruptedException {
    System.exit(carryOut(List.of(arguments)));
  }

  private static int carryOut(List<String> words) throws InterruptedException {
    return switch (String.join(" ", words)) {
      case "operator" -> new OperatorCommand().call();
      case "run" -> new RunCommand().call();
      case "--help", "-h" -> show(USAGE);
      case "--version", "-V" -> show(version() + System.lineSeparator());
      default -> refuse(words);
    };
  }

  private static int show(String text) {
    System.out.print(text);
    return 0;
  }

  private static int refuse(List<String> words) {
    System.err.println(
        words.isEmpty()
            ? "No command is named."
            : "There is no command: " + String.join(" ", words));
    System.err.print(USAGE);
    return MISUSED;
  }

  private static String version() {
    return Objects.requireNonNullElse(
        Main.class.getPackage().getImplementationVersion(), "a build that was not packaged");
  }
}
