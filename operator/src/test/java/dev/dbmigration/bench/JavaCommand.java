package dev.dbmigration.bench;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The packaged program's command line, with the options that the image uses. */
final class JavaCommand {

  private static final Path TARGET = Path.of("target").toAbsolutePath();

  private JavaCommand() {}

  static List<String> of(String subcommand, String... options) throws IOException {
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of("-XX:+UseSerialGC", "-XX:+UseCompactObjectHeaders", "-XX:TieredStopAtLevel=1"));
    command.addAll(List.of("-Xss512k", "-XX:-UsePerfData"));
    command.addAll(List.of(options));
    command.addAll(List.of("-cp", classPath(subcommand), "dev.dbmigration.cli.Main", subcommand));
    return command;
  }

  private static String classPath(String subcommand) throws IOException {
    try (var libraries = Files.list(TARGET.resolve("image/lib"))) {
      var jars = new ArrayList<String>();
      jars.add(TARGET.resolve("dbmigration-operator.jar").toString());
      libraries
          .filter(jar -> subcommand.equals("operator") || isForRuns(jar))
          .map(Path::toString)
          .sorted()
          .forEach(jars::add);
      return String.join(File.pathSeparator, jars);
    }
  }

  private static boolean isForRuns(Path jar) {
    return jar.getFileName().toString().matches("(jackson-(core|jr)|logback|postgresql|slf4j)-.*");
  }
}
