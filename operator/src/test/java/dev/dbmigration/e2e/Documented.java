package dev.dbmigration.e2e;

import java.util.regex.Pattern;

/**
 * Commands as they stand in the documentation, between a line {@code <!-- run: name -->} with a
 * fence below it and the end of that fence.
 *
 * @param script the text of the fence
 */
record Documented(String script) {

  /** The commands with a name in a file of the project. */
  static Documented in(String file, String name) {
    var fence =
        Pattern.compile(
                "^<!-- run: " + Pattern.quote(name) + " -->\\n```sh\\n(.*?)^```$",
                Pattern.MULTILINE | Pattern.DOTALL)
            .matcher(Project.text(file));
    if (!fence.find()) {
      throw new AssertionError(file + " has no commands named " + name);
    }
    return new Documented(fence.group(1));
  }

  /** The commands as one that a shell carries out in the top folder, stopping at a failure. */
  Command command() {
    return Command.of("bash", "-euxo", "pipefail", "-c", script).in(Project.folder());
  }
}
