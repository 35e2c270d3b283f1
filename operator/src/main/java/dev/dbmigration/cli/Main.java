package dev.dbmigration.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/**
 * The entry of the one program: {@code operator} controls a cluster, {@code run} is one run in its
 * pod.
 */
@Command(
    name = "dbmigration",
    description = "Database migrations as a Kubernetes resource.",
    mixinStandardHelpOptions = true,
    subcommands = {OperatorCommand.class, RunCommand.class})
public final class Main {

  private Main() {}

  /** Runs the named command and exits with its code. */
  public static void main(String[] arguments) {
    System.exit(new CommandLine(new Main()).execute(arguments));
  }
}
