package dev.dbmigration.runner.source;

import dev.dbmigration.model.MigrationKey;
import dev.dbmigration.model.Version;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What a file's name says, in Flyway's convention: {@code V<version>__<description>.sql} or {@code
 * R__<description>.sql}.
 */
sealed interface FileName {

  String SUFFIX = ".sql";
  String SEPARATOR = "__";

  /**
   * A migration.
   *
   * @param key from the name
   * @param description in words; may be empty
   */
  record OfMigration(MigrationKey key, String description) implements FileName {}

  /** Not a SQL file. */
  record Other() implements FileName {}

  /**
   * A SQL file that is no migration, or one of a kind that is not supported.
   *
   * @param problem a clause
   * @param remedy a sentence
   */
  record Invalid(String problem, String remedy) implements FileName {}

  /** Reads the name of a file, without its folder. */
  static FileName of(String name) {
    var lowerCase = name.toLowerCase(Locale.ROOT);
    if (lowerCase.endsWith(SUFFIX + ".conf")) {
      return new Invalid(
          "is that of a script configuration, which is not supported",
          "Remove it: what cannot run in a transaction is recognised without it.");
    } else if (!lowerCase.endsWith(SUFFIX)) {
      return new Other();
    }
    var stem = name.substring(0, name.length() - SUFFIX.length());
    return migration(stem).orElseGet(() -> new Invalid(problem(stem), remedy(stem)));
  }

  private static Optional<FileName> migration(String stem) {
    return versioned(stem).or(() -> repeatable(stem));
  }

  private static Optional<FileName> versioned(String stem) {
    int separator = stem.indexOf(SEPARATOR);
    int end = separator < 0 ? stem.length() : separator;
    if (!stem.startsWith("V") || !Version.isValid(stem.substring(1, end))) {
      return Optional.empty();
    }
    var key = new MigrationKey.Versioned(Version.parse(stem.substring(1, end)));
    var description = separator < 0 ? "" : words(stem.substring(end + SEPARATOR.length()));
    return Optional.of(new OfMigration(key, description));
  }

  private static Optional<FileName> repeatable(String stem) {
    if (!stem.startsWith("R" + SEPARATOR)) {
      return Optional.empty();
    }
    var description = words(stem.substring(1 + SEPARATOR.length()));
    return description.isEmpty()
        ? Optional.empty()
        : Optional.of(new OfMigration(new MigrationKey.Repeatable(description), description));
  }

  private static String words(String description) {
    return description.replace('_', ' ').strip();
  }

  private static String problem(String stem) {
    if (stem.matches("U[0-9].*")) {
      return "is that of an undo migration, which is not supported yet";
    } else if (stem.matches("B[0-9].*")) {
      return "is that of a baseline migration, which is not supported yet";
    } else if (stem.matches("(before|after)[A-Z].*|createSchema.*")) {
      return "is that of a callback, which is not supported";
    }
    return "fits neither V<version>__<description>.sql nor R__<description>.sql";
  }

  private static String remedy(String stem) {
    return meant(stem)
        .map(name -> "Rename it; probably " + name + " is meant.")
        .orElse(
            "Rename it, for example to V2.1__add_index.sql, or to R__views.sql if it is to be"
                + " applied again whenever it changes; otherwise take it out of the source.");
  }

  /** A valid name that is close. */
  private static Optional<String> meant(String stem) {
    var versioned = Pattern.compile("[vV]?[ _.-]*([0-9]+(?:[._][0-9]+)*)[ _.-]+(.+)").matcher(stem);
    var repeatable = Pattern.compile("[rR][0-9]*[ _.-]+(.+)").matcher(stem);
    return Stream.of(
            suggestion(versioned, match -> "V" + match.group(1) + SEPARATOR + match.group(2)),
            suggestion(repeatable, match -> "R" + SEPARATOR + match.group(1)))
        .flatMap(Optional::stream)
        .filter(suggested -> migration(suggested).isPresent())
        .map(suggested -> suggested + SUFFIX)
        .findFirst();
  }

  private static Optional<String> suggestion(Matcher matcher, Function<Matcher, String> stem) {
    return matcher.matches() ? Optional.of(stem.apply(matcher)) : Optional.empty();
  }
}
