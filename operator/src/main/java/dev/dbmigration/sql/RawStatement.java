package dev.dbmigration.sql;

import java.util.List;
import java.util.Optional;

/**
 * A statement as it was cut out.
 *
 * @param tokens the significant ones, at least one
 * @param phrase the same as words
 * @param copyData the data that follows; absent for everything but {@code COPY … FROM STDIN}
 */
record RawStatement(List<Token> tokens, Phrase phrase, Optional<Token> copyData) {

  RawStatement {
    tokens = List.copyOf(tokens);
  }

  static RawStatement of(List<Token> tokens, String text) {
    return new RawStatement(tokens, Phrase.of(tokens, text), Optional.empty());
  }

  RawStatement withCopyData(Token data) {
    return new RawStatement(tokens, phrase, Optional.of(data));
  }

  int start() {
    return tokens.getFirst().start();
  }

  int end() {
    return tokens.getLast().end();
  }
}
