package dev.dbmigration.image;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/** Trains the cache of one command: the first argument names it, the rest is what starts it. */
public final class Training {

  private Training() {}

  /**
   * Starts the command, gives it work, ends it, and fails unless it left a cache.
   *
   * @param arguments {@code operator} or {@code run}; where the cache goes; the command
   */
  public static void main(String[] arguments) throws Exception {
    var cache = Path.of(arguments[1]);
    var command = List.copyOf(Arrays.asList(arguments).subList(2, arguments.length));
    switch (arguments[0]) {
      case "operator" -> OperatorTraining.train(command);
      case "run" -> RunnerTraining.train(command);
      default -> throw new IllegalArgumentException(arguments[0]);
    }
    if (!Files.isRegularFile(cache)) {
      throw new IllegalStateException("the training left no cache: " + cache);
    }
    System.out.printf("%s: %,d bytes%n", cache, Files.size(cache));
    System.exit(0);
  }
}
