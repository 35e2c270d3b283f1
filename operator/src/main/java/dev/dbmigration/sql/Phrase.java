package dev.dbmigration.sql;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * The significant tokens of a statement, as words to compare with.
 *
 * @param terms each token's text, the letters A to Z in upper case as the server folds keywords
 */
record Phrase(List<String> terms) {

  /** How a setting can be switched on. */
  private static final List<String> ON =
      List.of("ON", "'ON'", "TRUE", "'TRUE'", "1", "'1'", "DEFAULT");

  private static final List<String> FROM_STDIN = List.of("FROM", "STDIN");

  static Phrase of(List<Token> tokens, String text) {
    return new Phrase(tokens.stream().map(token -> folded(token.in(text))).toList());
  }

  /** Folds ASCII only: the server takes no other letter for one of a keyword. */
  static String folded(String term) {
    var letters = term.toCharArray();
    for (int i = 0; i < letters.length; i++) {
      if (letters[i] >= 'a' && letters[i] <= 'z') {
        letters[i] = (char) (letters[i] - ('a' - 'A'));
      }
    }
    return new String(letters);
  }

  /**
   * Whether the statement begins like a pattern: words separated by blanks, each with alternatives
   * separated by {@code |}, and optional if it ends in {@code ?}.
   */
  boolean begins(String pattern) {
    return lengthOf(pattern) >= 0;
  }

  /** How many terms the pattern takes at the beginning; negative if it does not fit. */
  int lengthOf(String pattern) {
    int position = 0;
    for (var element : pattern.split(" ", -1)) {
      boolean isOptional = element.endsWith("?");
      var words = List.of((isOptional ? element.replace("?", "") : element).split("\\|", -1));
      if (words.contains(term(position))) {
        position++;
      } else if (!isOptional) {
        return -1;
      }
    }
    return position;
  }

  /** Whether the statement holds these words, one after the other. */
  boolean contains(String... words) {
    return Collections.indexOfSubList(terms, List.of(words)) >= 0;
  }

  /** The term at a position; empty text behind the end. */
  String term(int position) {
    return position < terms.size() ? terms.get(position) : "";
  }

  /** Whether strings are read in another way behind the statement. */
  boolean changesStrings() {
    int length = lengthOf("SET LOCAL|SESSION? STANDARD_CONFORMING_STRINGS TO|=");
    return length >= 0 && !ON.contains(term(length));
  }

  /** Whether data follows the statement in the file. */
  boolean isCopyFromStandardInput() {
    return begins("COPY") && Collections.indexOfSubList(outsideParentheses(), FROM_STDIN) >= 0;
  }

  private List<String> outsideParentheses() {
    var outside = new ArrayList<String>();
    int depth = 0;
    for (var term : terms) {
      switch (term) {
        case "(" -> depth++;
        case ")" -> depth--;
        default -> {
          if (depth == 0) {
            outside.add(term);
          }
        }
      }
    }
    return outside;
  }
}
