package dev.dbmigration.runner.dialect;

import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
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

  private static final String ELLIPSIS = "…";

  private final List<String> secrets;
  private final List<Pattern> patterns;

  private Masking(Collection<String> secrets) {
    this.secrets =
        secrets.stream()
            .filter(secret -> secret.strip().length() >= SHORTEST)
            .distinct()
            .sorted(Comparator.comparingInt(String::length).reversed())
            .toList();
    this.patterns = this.secrets.stream().map(Masking::inAnyCase).toList();
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
    return apply(Quotes.replaceLiterals(text, names, MASK));
  }

  private String withoutSecrets(String text) {
    var masked = text;
    for (var pattern : patterns) {
      masked = pattern.matcher(masked).replaceAll(Matcher.quoteReplacement(MASK));
    }
    return secrets.isEmpty() ? masked : Quotes.replace(masked, this::isPartOfSecret, MASK);
  }

  private boolean isPartOfSecret(String quoted) {
    return quoted.length() >= SHORTEST
        && !quoted.equals(MASK)
        && secrets.stream().anyMatch(secret -> lowerCase(secret).contains(lowerCase(quoted)));
  }

  /** A secret that stands where a name is expected comes back in lower case. */
  private static Pattern inAnyCase(String secret) {
    return Pattern.compile(Pattern.quote(secret), Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);
  }

  private static String lowerCase(String text) {
    return text.toLowerCase(Locale.ROOT);
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
