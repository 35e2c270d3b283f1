package dev.dbmigration.sql;

import java.util.regex.Pattern;

/** What the comments at the head of a file, before its first statement, say about it. */
sealed interface FileDirectives {

  /**
   * Everything is understood.
   *
   * @param hasPlaceholders whether {@code ${name}} is resolved; otherwise it stands for itself
   */
  record Known(boolean hasPlaceholders) implements FileDirectives {}

  /**
   * A directive that does not exist.
   *
   * @param index where it begins
   */
  record Unknown(int index) implements FileDirectives {}

  static FileDirectives of(String text) {
    var directive = Pattern.compile("--[ \\t]*dbmigration:[ \\t]*(.*?)[ \\t]*");
    var lexer = new PostgresLexer(text);
    boolean hasPlaceholders = true;
    for (var next = lexer.next();
        next.isPresent() && !next.get().isSignificant();
        next = lexer.next()) {
      var token = next.get();
      var matcher = directive.matcher(token.in(text));
      if (token.kind() == Token.Kind.LINE_COMMENT && matcher.matches()) {
        if (!matcher.group(1).equals("placeholders=off")) {
          return new Unknown(token.start());
        }
        hasPlaceholders = false;
      }
    }
    return new Known(hasPlaceholders);
  }
}
