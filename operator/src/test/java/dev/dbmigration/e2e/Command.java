package dev.dbmigration.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A program that a user would start in a terminal.
 *
 * @param words the program and its arguments
 * @param environment added to the test's own
 * @param folder where it runs
 * @param input what it reads; may be empty
 */
record Command(List<String> words, Map<String, String> environment, Path folder, String input) {

  private static final long LONGEST_MINUTES = 15;

  static Command of(String... words) {
    return new Command(List.of(words), Map.of(), Path.of("."), "");
  }

  Command with(String name, String value) {
    var more = new HashMap<>(environment);
    more.put(name, value);
    return new Command(words, Map.copyOf(more), folder, input);
  }

  Command and(List<String> arguments) {
    var more = new ArrayList<>(words);
    more.addAll(arguments);
    return new Command(List.copyOf(more), environment, folder, input);
  }

  Command in(Path where) {
    return new Command(words, environment, where, input);
  }

  Command reading(String text) {
    return new Command(words, environment, folder, text);
  }

  /** Runs the program to its end. */
  Result run() {
    try {
      return runWithFiles(
          Files.createTempFile("e2e", ".in"),
          Files.createTempFile("e2e", ".out"),
          Files.createTempFile("e2e", ".err"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while running " + words, e);
    }
  }

  private Result runWithFiles(Path in, Path out, Path err)
      throws IOException, InterruptedException {
    try {
      Files.writeString(in, input);
      var builder =
          new ProcessBuilder(words)
              .directory(folder.toFile())
              .redirectInput(in.toFile())
              .redirectOutput(out.toFile())
              .redirectError(err.toFile());
      builder.environment().putAll(environment);
      var process = builder.start();
      if (!process.waitFor(LONGEST_MINUTES, TimeUnit.MINUTES)) {
        process.destroyForcibly();
        throw new AssertionError("still running after " + LONGEST_MINUTES + " minutes: " + words);
      }
      return new Result(words, process.exitValue(), text(out), text(err));
    } finally {
      Files.delete(in);
      Files.delete(out);
      Files.delete(err);
    }
  }

  private static String text(Path file) throws IOException {
    return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
  }

  /**
   * How a program ended.
   *
   * @param words what was run
   * @param exitCode 0 for success
   * @param stdout what it printed
   * @param stderr what it complained about
   */
  record Result(List<String> words, int exitCode, String stdout, String stderr) {

    boolean succeeded() {
      return exitCode == 0;
    }

    /** What it printed, trimmed; a test that gets here with a failed program fails. */
    String orFail() {
      if (!succeeded()) {
        throw new AssertionError(
            String.join(" ", words) + "\nended with " + exitCode + "\n" + stdout + stderr);
      }
      return stdout.strip();
    }
  }
}
