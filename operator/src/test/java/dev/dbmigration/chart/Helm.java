package dev.dbmigration.chart;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * One {@code helm} program of the machine.
 *
 * @param program where it is
 */
record Helm(Path program) {

  /** All that are on the PATH, under the names that people give to several of them. */
  static List<Helm> installed() {
    return Stream.of("helm", "helm3").flatMap(name -> onThePath(name).stream()).toList();
  }

  private static Optional<Helm> onThePath(String name) {
    return Pattern.compile(File.pathSeparator)
        .splitAsStream(System.getenv("PATH"))
        .map(folder -> Path.of(folder, name))
        .filter(Files::isExecutable)
        .map(Helm::new)
        .findFirst();
  }

  /** Runs it to its end. */
  Result run(List<String> arguments) {
    var words = new ArrayList<>(List.of(program.toString()));
    words.addAll(arguments);
    try {
      var errors = Files.createTempFile("helm", ".err");
      try {
        var process = new ProcessBuilder(words).redirectError(errors.toFile()).start();
        var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Result(process.waitFor(), output, Files.readString(errors));
      } finally {
        Files.delete(errors);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /**
   * How it ended.
   *
   * @param exitCode 0 for success
   * @param output what it printed
   * @param errors what it complained about
   */
  record Result(int exitCode, String output, String errors) {}
}
