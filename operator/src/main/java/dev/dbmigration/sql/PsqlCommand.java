package dev.dbmigration.sql;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Commands to psql: those without effect on the target are ignored, all others are refused. */
final class PsqlCommand {

  private static final Pattern IGNORED =
      Pattern.compile(
          "\\\\(restrict|unrestrict|echo|qecho|timing|pset|set[ \\t]+(ON_ERROR_STOP|VERBOSITY))"
              + "([ \\t][^\\\\]*)?");

  /** Named in messages; anything else could be a secret that a placeholder brought. */
  private static final List<String> KNOWN =
      List.of(
          "\\connect",
          "\\c",
          "\\i",
          "\\ir",
          "\\include",
          "\\copy",
          "\\gexec",
          "\\gset",
          "\\g",
          "\\if",
          "\\elif",
          "\\else",
          "\\endif",
          "\\!",
          "\\o",
          "\\set",
          "\\unset",
          "\\cd",
          "\\q",
          "\\encoding",
          "\\echo",
          "\\timing",
          "\\pset",
          "\\restrict",
          "\\unrestrict");

  private PsqlCommand() {}

  /** Why the command is refused; empty if it is ignored. */
  static Optional<Problem> refusal(Token token, String text, boolean isWithinStatement) {
    var command = token.in(text);
    if (!isWithinStatement && IGNORED.matcher(command).matches()) {
      return Optional.empty();
    }
    var name = command.split("[ \\t]", 2)[0];
    var shown = KNOWN.contains(name) ? name + " is a command" : "This is a command";
    var where = isWithinStatement ? " in the middle of a statement" : "";
    return Optional.of(
        new Problem(
            token.start(),
            shown + " to psql" + where + ", which the server does not know.",
            "Remove it, or write in SQL what it does. What \\i includes becomes a migration of its"
                + " own, and the database is chosen in spec.target."));
  }
}
