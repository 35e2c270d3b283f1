package dev.dbmigration.sql;

import dev.dbmigration.sql.Token.Kind;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * How deep a statement is nested while its tokens are collected: in parentheses, and in the body of
 * a routine between {@code BEGIN ATOMIC} and {@code END}. A semicolon ends the statement only where
 * it is not nested.
 */
final class Nesting {

  private final String text;
  private final List<Token> tokens = new ArrayList<>();
  private final Deque<Token> parentheses = new ArrayDeque<>();
  private final Deque<Token> blocks = new ArrayDeque<>();

  Nesting(String text) {
    this.text = text;
  }

  List<Token> tokens() {
    return tokens;
  }

  boolean isOpen() {
    return !parentheses.isEmpty() || !blocks.isEmpty();
  }

  void add(Token token) {
    switch (token.in(text)) {
      case "(" -> parentheses.push(token);
      case ")" -> parentheses.poll();
      default -> {
        if (token.kind() == Kind.WORD && parentheses.isEmpty()) {
          addWord(token);
        }
      }
    }
    tokens.add(token);
  }

  private void addWord(Token token) {
    if (blocks.isEmpty()) {
      if (isWord(token, "ATOMIC") && isLast("BEGIN") && isRoutine()) {
        blocks.push(last().orElse(token));
      }
    } else if (!isLabel()) {
      if (isWord(token, "CASE")) {
        blocks.push(token);
      } else if (isWord(token, "END")) {
        blocks.pop();
      }
    }
  }

  /** Whether the next word is a column's name: these may be keywords. */
  private boolean isLabel() {
    return isLast("AS") || last().filter(token -> token.in(text).equals(".")).isPresent();
  }

  private boolean isRoutine() {
    return Phrase.of(tokens.subList(0, Math.min(tokens.size(), 4)), text)
        .begins("CREATE OR? REPLACE? FUNCTION|PROCEDURE");
  }

  private boolean isWord(Token token, String keyword) {
    return token.kind() == Kind.WORD && Phrase.folded(token.in(text)).equals(keyword);
  }

  private boolean isLast(String keyword) {
    return last().filter(token -> isWord(token, keyword)).isPresent();
  }

  private Optional<Token> last() {
    return tokens.isEmpty() ? Optional.empty() : Optional.of(tokens.getLast());
  }

  /** What is still open at the end of the text. */
  Optional<Problem> problem() {
    var parenthesis =
        parentheses.stream()
            .map(token ->
                new Problem(
                    token.start(),
                    "The parenthesis that opens here is never closed.",
                    "Close it before the statement's semicolon."));
    var block =
        blocks.stream()
            .map(token ->
                new Problem(
                    token.start(),
                    "The body of a routine, or the CASE in it, that begins here has no END.",
                    "End it before the statement's semicolon; write a column's name that is a keyword"
                        + " in double quotes."));
    return Stream.concat(parenthesis, block).min(Comparator.comparingInt(Problem::index));
  }
}
