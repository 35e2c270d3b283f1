package dev.dbmigration.controller.resource;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A length of time as users write it, such as {@code 1h30m} or {@code 500ms}. */
final class DurationText {

  private static final Pattern WHOLE = Pattern.compile("([0-9]{1,5}(h|ms|m|s)){1,4}");
  private static final Pattern PART = Pattern.compile("([0-9]{1,5})(h|ms|m|s)");

  private DurationText() {}

  /**
   * Reads a field.
   *
   * @param usual what applies where nothing is written
   * @throws InvalidSpecException if something else is written
   */
  static Duration read(String field, @Nullable String text, Duration usual) {
    if (text == null) {
      return usual;
    }
    if (!WHOLE.matcher(text).matches()) {
      throw new InvalidSpecException(
          field + " \"" + text + "\" is no duration: write it like 90s or 1h30m");
    }
    return PART.matcher(text)
        .results()
        .map(part -> Duration.of(Long.parseLong(part.group(1)), unit(part.group(2))))
        .reduce(Duration.ZERO, Duration::plus);
  }

  private static ChronoUnit unit(String text) {
    return switch (text) {
      case "ms" -> ChronoUnit.MILLIS;
      case "s" -> ChronoUnit.SECONDS;
      case "m" -> ChronoUnit.MINUTES;
      default -> ChronoUnit.HOURS;
    };
  }
}
