package dev.dbmigration.runner.dialect;

import java.util.Set;
import java.util.function.IntPredicate;
import java.util.function.Predicate;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * What servers put in quotes. Their messages are translated, and with them the quotes: {@code »a«}
 * in German, {@code « a »} in French. The language is the server's own choice, which a session
 * without special rights cannot change. Pure.
 */
final class Quotes {

  private static final String MARKS = "\"'«»„“”‹›‚‘’「」『』";
  private static final String SPACE = "[\\s\u00a0\u202f]*";

  private static final Pattern QUOTED =
      Pattern.compile(
          "\"((?:[^\"]|\"\")*)\"|'((?:[^']|'')*)'"
              + "|[«»„“”‹›‚‘「『]([^«»„“”‹›「」『』]*)[«»“”‹›‘’」』]"
              + "|[\"'](.*)",
          Pattern.DOTALL);

  private Quotes() {}

  /** Puts a mask in the place of quoted parts; one that is not closed reaches to the end. */
  static String replace(String text, Predicate<String> which, String mask) {
    return QUOTED
        .matcher(text)
        .replaceAll(match -> Matcher.quoteReplacement(replaced(match, which, mask)));
  }

  private static String replaced(MatchResult match, Predicate<String> which, String mask) {
    var whole = match.group();
    boolean isOpen = match.group(4) != null;
    var content = whole.substring(1, isOpen ? whole.length() : whole.length() - 1);
    if (!which.test(content.strip())) {
      return whole;
    }
    return whole.charAt(0) + mask + (isOpen ? "" : whole.substring(whole.length() - 1));
  }

  /**
   * Puts a mask in the place of everything from the first quote to the last one: what stands in
   * quotes may hold quotes itself. Names of things are left, unless one stands in between.
   *
   * @param names what is no data, though it is quoted
   */
  static String replaceLiterals(String text, Set<String> names, String mask) {
    IntPredicate isQuote = index -> isQuote(text, index);
    var isInName = inNames(text, names);
    var others = IntStream.range(0, text.length()).filter(isQuote.and(isInName.negate())).toArray();
    if (others.length == 0) {
      return text;
    }
    if (others.length == 1) {
      int first = IntStream.range(0, text.length()).filter(isQuote).findFirst().orElseThrow();
      return text.substring(0, first) + mask;
    }
    return text.substring(0, others[0]) + mask + text.substring(others[others.length - 1] + 1);
  }

  /** An apostrophe within a word is none. */
  private static boolean isQuote(String text, int index) {
    char mark = text.charAt(index);
    boolean isApostrophe =
        (mark == '\'' || mark == '’')
            && index > 0
            && index + 1 < text.length()
            && Character.isLetter(text.charAt(index - 1))
            && Character.isLetter(text.charAt(index + 1));
    return MARKS.indexOf(mark) >= 0 && !isApostrophe;
  }

  private static IntPredicate inNames(String text, Set<String> names) {
    if (names.isEmpty()) {
      return _ -> false;
    }
    var any = names.stream().map(Pattern::quote).collect(Collectors.joining("|"));
    var quoted = "[" + MARKS + "]" + SPACE + "(?:" + any + ")" + SPACE + "[" + MARKS + "]";
    var spans = Pattern.compile(quoted).matcher(text).results().toList();
    return index -> spans.stream().anyMatch(span -> span.start() <= index && index < span.end());
  }
}
