package dev.dbmigration.model;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * How a run treats the target.
 *
 * @param lockTimeout longest wait for a lock on a table before the step gives way and is tried
 *     again
 * @param statementTimeout longest time of one statement; zero means none
 * @param lockRetries how often a step that gave way is tried again within one run, 0 to 1000
 * @param waitForLock longest wait for another run on the same target
 * @param deadline longest time of a run; zero means none
 */
public record Execution(
    Duration lockTimeout,
    Duration statementTimeout,
    int lockRetries,
    Duration waitForLock,
    Duration deadline) {

  /** What applies where nothing is said; also the defaults in the CRD. */
  public static final Execution DEFAULT =
      new Execution(
          Duration.ofSeconds(5), Duration.ZERO, 30, Duration.ofSeconds(60), Duration.ZERO);

  /** A length of time as people write it: parts such as {@code 1h}, {@code 90s}, {@code 500ms}. */
  public static final class DurationText {

    private static final Pattern PART = Pattern.compile("([0-9]{1,5})(h|ms|m|s)");
    private static final Map<String, ChronoUnit> UNITS =
        Map.of(
            "h", ChronoUnit.HOURS,
            "m", ChronoUnit.MINUTES,
            "s", ChronoUnit.SECONDS,
            "ms", ChronoUnit.MILLIS);

    private DurationText() {}

    /** The sum of the parts; empty if the text is anything else than one to so many parts. */
    public static Optional<Duration> read(String text, int mostParts) {
      var parts = PART.matcher(text).results().toList();
      int length = parts.stream().mapToInt(part -> part.end() - part.start()).sum();
      return Optional.of(parts)
          .filter(some -> !some.isEmpty() && some.size() <= mostParts && length == text.length())
          .map(some ->
              some.stream().map(DurationText::duration).reduce(Duration.ZERO, Duration::plus));
    }

    private static Duration duration(MatchResult part) {
      return Duration.of(
          Long.parseLong(part.group(1)), Objects.requireNonNull(UNITS.get(part.group(2))));
    }
  }
}
