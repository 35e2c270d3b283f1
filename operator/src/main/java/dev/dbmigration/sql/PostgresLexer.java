package dev.dbmigration.sql;

import dev.dbmigration.sql.Token.Kind;
import java.util.Optional;

/**
 * Cuts a text into the tokens that PostgreSQL sees, by the rules of its {@code scan.l} and of
 * psql's {@code psqlscan.l}. Strings are read with {@code standard_conforming_strings} on.
 */
final class PostgresLexer {

  private final String text;
  private int index;

  PostgresLexer(String text) {
    this.text = text;
  }

  /** The next token; empty at the end of the text. */
  Optional<Token> next() {
    if (index >= text.length()) {
      return Optional.empty();
    }
    int start = index;
    var kind = scan();
    return Optional.of(new Token(kind, start, index));
  }

  /**
   * The rest of the line behind a COPY statement; empty if more than blanks and a comment stands
   * there.
   */
  Optional<Token> copyLineEnd() {
    int start = index;
    int position = index;
    while (isBlank(at(position))) {
      position++;
    }
    if (text.startsWith("--", position)) {
      position = endOfLine(position);
    }
    if (position < text.length() && !isLineBreak(at(position))) {
      return Optional.empty();
    }
    index = afterLineBreak(position);
    return Optional.of(new Token(Kind.COPY_LINE_END, start, index));
  }

  /** The lines up to the one that holds only a backslash and a dot. */
  Token copyData() {
    int start = index;
    for (int line = index; line < text.length(); line = afterLineBreak(endOfLine(line))) {
      if (endOfLine(line) == line + 2 && text.startsWith("\\.", line)) {
        index = line;
        return new Token(Kind.COPY_DATA, start, index);
      }
    }
    index = text.length();
    return new Token(Kind.UNTERMINATED_COPY_DATA, start, index);
  }

  /** The line at which {@link #copyData} stopped. */
  Token copyTerminator() {
    int start = index;
    index += 2;
    return new Token(Kind.COPY_TERMINATOR, start, index);
  }

  private Kind scan() {
    char first = at(index);
    if (isWhitespace(first)) {
      return whitespace();
    } else if (text.startsWith("--", index)) {
      index = endOfLine(index);
      return Kind.LINE_COMMENT;
    } else if (text.startsWith("/*", index)) {
      return blockComment();
    } else if (first == '\'') {
      return string(false);
    } else if (first == '"') {
      return quotedIdentifier();
    } else if (first == '$') {
      return dollar();
    } else if (isWordStart(first)) {
      return word();
    } else if (isDigit(first)) {
      return number();
    } else if (first == '\\') {
      index = endOfLine(index);
      return Kind.PSQL_COMMAND;
    }
    index++;
    return Kind.SYMBOL;
  }

  private Kind whitespace() {
    while (isWhitespace(at(index))) {
      index++;
    }
    return Kind.WHITESPACE;
  }

  private Kind blockComment() {
    int depth = 0;
    while (index < text.length()) {
      if (text.startsWith("/*", index)) {
        depth++;
        index += 2;
      } else if (text.startsWith("*/", index)) {
        depth--;
        index += 2;
        if (depth == 0) {
          return Kind.BLOCK_COMMENT;
        }
      } else {
        index++;
      }
    }
    return Kind.UNTERMINATED_COMMENT;
  }

  private Kind string(boolean hasEscapes) {
    index++;
    while (index < text.length()) {
      char c = at(index);
      if (c == '\\' && hasEscapes) {
        index = Math.min(index + 2, text.length());
      } else if (c != '\'') {
        index++;
      } else if (at(index + 1) == '\'') {
        index += 2;
      } else {
        index++;
        int continuation = continuation(index);
        if (continuation < 0) {
          return Kind.STRING;
        }
        index = continuation + 1;
      }
    }
    return Kind.UNTERMINATED_STRING;
  }

  /**
   * The quote that continues a string, separated from it by whitespace with a line break and
   * comments to the end of a line; negative if there is none.
   */
  private int continuation(int from) {
    boolean hasLineBreak = false;
    int position = from;
    while (position < text.length()) {
      if (isWhitespace(at(position))) {
        hasLineBreak |= isLineBreak(at(position));
        position++;
      } else if (text.startsWith("--", position)) {
        position = endOfLine(position);
      } else {
        break;
      }
    }
    return hasLineBreak && at(position) == '\'' ? position : -1;
  }

  private Kind quotedIdentifier() {
    index++;
    while (index < text.length()) {
      if (at(index) != '"') {
        index++;
      } else if (at(index + 1) == '"') {
        index += 2;
      } else {
        index++;
        return Kind.QUOTED_IDENTIFIER;
      }
    }
    return Kind.UNTERMINATED_IDENTIFIER;
  }

  private Kind dollar() {
    int tagEnd = index + 1;
    while (isWordStart(at(tagEnd)) || (tagEnd > index + 1 && isDigit(at(tagEnd)))) {
      tagEnd++;
    }
    if (at(tagEnd) == '$') {
      return dollarString(text.substring(index, tagEnd + 1));
    }
    index++;
    if (!isDigit(at(index))) {
      return Kind.SYMBOL;
    }
    skipDigits();
    return Kind.PARAMETER;
  }

  private Kind dollarString(String delimiter) {
    int end = text.indexOf(delimiter, index + delimiter.length());
    index = end < 0 ? text.length() : end + delimiter.length();
    return end < 0 ? Kind.UNTERMINATED_DOLLAR_STRING : Kind.DOLLAR_STRING;
  }

  private Kind word() {
    if ((at(index) == 'e' || at(index) == 'E') && at(index + 1) == '\'') {
      index++;
      return string(true);
    }
    while (isWordStart(at(index)) || isDigit(at(index)) || at(index) == '$') {
      index++;
    }
    return Kind.WORD;
  }

  private Kind number() {
    skipDigits();
    if (at(index) == '.' && isDigit(at(index + 1))) {
      index++;
      skipDigits();
    }
    return Kind.NUMBER;
  }

  private void skipDigits() {
    while (isDigit(at(index))) {
      index++;
    }
  }

  /** The character at a position; NUL, which no text holds, outside. */
  private char at(int position) {
    return position < text.length() ? text.charAt(position) : '\0';
  }

  private int endOfLine(int from) {
    int position = from;
    while (position < text.length() && !isLineBreak(at(position))) {
      position++;
    }
    return position;
  }

  private int afterLineBreak(int position) {
    if (text.startsWith("\r\n", position)) {
      return position + 2;
    }
    return Math.min(position + 1, text.length());
  }

  private static boolean isWhitespace(char c) {
    return isBlank(c) || isLineBreak(c);
  }

  private static boolean isBlank(char c) {
    return c == ' ' || c == '\t' || c == '\f' || c == '\u000B';
  }

  private static boolean isLineBreak(char c) {
    return c == '\n' || c == '\r';
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  /** Every character beyond ASCII may begin a word, as in the server. */
  private static boolean isWordStart(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c >= '\u0080';
  }
}
