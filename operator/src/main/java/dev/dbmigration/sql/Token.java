package dev.dbmigration.sql;

/**
 * A piece of a text.
 *
 * @param kind what it is
 * @param start index of its first {@code char}
 * @param end index after its last {@code char}
 */
record Token(Kind kind, int start, int end) {

  enum Kind {
    WHITESPACE,
    LINE_COMMENT,
    BLOCK_COMMENT,
    /** A keyword or an identifier without quotes. */
    WORD,
    QUOTED_IDENTIFIER,
    STRING,
    DOLLAR_STRING,
    NUMBER,
    PARAMETER,
    /** A single character: punctuation, or one of an operator. */
    SYMBOL,
    /** A command to psql, to the end of its line. */
    PSQL_COMMAND,
    /** What follows a COPY statement on its line, the line's end included. */
    COPY_LINE_END,
    COPY_DATA,
    /** The line that ends the data of a COPY statement, without its end. */
    COPY_TERMINATOR,
    UNTERMINATED_COMMENT(
        "comment",
        "End it with */ at the right place; comments can be nested, each has its own end."),
    UNTERMINATED_STRING("string", "End it with a single quote; a quote within is written twice."),
    UNTERMINATED_DOLLAR_STRING(
        "dollar-quoted text", "End it with the same dollar tag with which it begins."),
    UNTERMINATED_IDENTIFIER(
        "quoted identifier", "End it with a double quote; a quote within is written twice."),
    UNTERMINATED_COPY_DATA(
        "data of a COPY statement", "End it with a line that holds only \\. as pg_dump does.");

    private final String words;
    private final String remedy;

    Kind() {
      this("", "");
    }

    Kind(String words, String remedy) {
      this.words = words;
      this.remedy = remedy;
    }

    /** What it is called in messages; empty for what cannot lack an end. */
    String words() {
      return words;
    }

    /** How it is ended; empty for what cannot lack an end. */
    String remedy() {
      return remedy;
    }
  }

  boolean isSignificant() {
    return switch (kind) {
      case WORD, QUOTED_IDENTIFIER, STRING, DOLLAR_STRING, NUMBER, PARAMETER, SYMBOL -> true;
      case WHITESPACE,
          LINE_COMMENT,
          BLOCK_COMMENT,
          PSQL_COMMAND,
          COPY_LINE_END,
          COPY_DATA,
          COPY_TERMINATOR,
          UNTERMINATED_COMMENT,
          UNTERMINATED_STRING,
          UNTERMINATED_DOLLAR_STRING,
          UNTERMINATED_IDENTIFIER,
          UNTERMINATED_COPY_DATA ->
          false;
    };
  }

  String in(String text) {
    return text.substring(start, end);
  }
}
