package dev.dbmigration.runner.dialect;

import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Makes a text fit for users: hides the values of secrets and, on demand, quoted literals; escapes
 * control characters; limits the length. Pure.
 */
public final class Masking {

  /** What stands in the place of a hidden text. */
  public static final String MASK = "***";

  /** Hides nothing. */
  public static final Masking NONE = new Masking(List.of());

  /** The longest text that {@link #apply} returns, in bytes of UTF-8. */
  static final int MAX_BYTES = 1024;

  /** Shorter values are no secrets, and hiding them would make every text unreadable. */
  private static final int SHORTEST = 3;

  private static final Pattern QUOTED =
      Pattern.compile("\"((?:[^\"]|\"\")*)\"|'((?:[^']|'')*)'|([\"'])(.*)", Pattern.DOTALL);

  private static final String ELLIPSIS = "…";

  private final List<String> secrets;

  private Masking(Collection<String> secrets) {
    this.secrets =
        secrets.stream()
            .filter(secret -> secret.strip().length() >= SHORTEST)
            .distinct()
            .sorted(Comparator.comparingInt(String::length).reversed())
            .toList();
  }

  /** Hides these values, and quoted parts of them. */
  public static Masking of(Collection<String> secrets) {
    return NONE.and(secrets);
  }

  /** Hides these values too. */
  public Masking and(Collection<String> more) {
    var all = new LinkedHashSet<>(secrets);
    for (var secret : more) {
      all.add(secret);
      all.add(secret.strip());
    }
    return new Masking(all);
  }

  /** The text without secrets and control characters, of at most 1 KiB. */
  public String apply(String text) {
    return shortened(escaped(withoutSecrets(text)));
  }

  /**
   * As {@link #apply}, and without quoted literals: for messages into which a server puts data.
   *
   * @param names quoted texts that are no data, such as the constraint's name
   */
  public String applyWithoutLiterals(String text, Set<String> names) {
    return apply(replaceQuoted(text, quoted -> !names.contains(quoted)));
  }

  private String withoutSecrets(String text) {
    var masked = text;
    for (var secret : secrets) {
      masked = masked.replace(secret, MASK);
    }
    return secrets.isEmpty() ? masked : replaceQuoted(masked, this::isPartOfSecret);
  }

  private boolean isPartOfSecret(String quoted) {
    return quoted.length() >= SHORTEST
        && secrets.stream().anyMatch(secret -> secret.contains(quoted));
  }

  /** A quote that is not closed reaches to the end: the rest may be data. */
  private static String replaceQuoted(String text, Predicate<String> hidden) {
    return QUOTED.matcher(text).replaceAll(match -> replacement(match, hidden));
  }

  private static String replacement(MatchResult match, Predicate<String> hidden) {
    var quote = match.group().substring(0, 1);
    boolean closed = match.group(3) == null;
    var content =
        closed
            ? match.group().substring(1, match.group().length() - 1)
            : match.group().substring(1);
    var shown = hidden.test(content) ? quote + MASK + (closed ? quote : "") : match.group();
    return Matcher.quoteReplacement(shown);
  }

  private static String escaped(String text) {
    var result = new StringBuilder(text.length());
    text.codePoints()
        .forEach(c -> {
          switch (Character.getType(c)) {
            case Character.CONTROL,
                Character.FORMAT,
                Character.LINE_SEPARATOR,
                Character.PARAGRAPH_SEPARATOR,
                Character.SURROGATE ->
                result.append(escape(c));
            default -> result.appendCodePoint(c);
          }
        });
    return result.toString();
  }

  private static String escape(int c) {
    return switch (c) {
      case '\n' -> "\\n";
      case '\r' -> "\\r";
      case '\t' -> "\\t";
      default -> "\\u%04x".formatted(c);
    };
  }

  private static String shortened(String text) {
    if (text.getBytes(StandardCharsets.UTF_8).length <= MAX_BYTES) {
      return text;
    }
    int bytes = ELLIPSIS.getBytes(StandardCharsets.UTF_8).length;
    int end = 0;
    while (bytes <= MAX_BYTES) {
      int c = text.codePointAt(end);
      bytes += Character.toString(c).getBytes(StandardCharsets.UTF_8).length;
      if (bytes <= MAX_BYTES) {
        end += Character.charCount(c);
      }
    }
    return text.substring(0, end) + ELLIPSIS;
  }
}
