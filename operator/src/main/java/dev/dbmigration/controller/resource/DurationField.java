package dev.dbmigration.controller.resource;

import dev.dbmigration.model.Execution.DurationText;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A field of a specification that holds a length of time, such as {@code 1h30m}. */
final class DurationField {

  private static final int MOST_PARTS = 4;

  private DurationField() {}

  /**
   * Reads a field.
   *
   * @param usual what applies where nothing is written
   * @throws InvalidSpecException if something else is written
   */
  static Duration read(String field, @Nullable String text, Duration usual) {
    return text == null
        ? usual
        : DurationText.read(text, MOST_PARTS)
            .orElseThrow(() ->
                new InvalidSpecException(
                    field + " \"" + text + "\" is no duration: write it like 90s or 1h30m"));
  }
}
