package dev.dbmigration.sql;

/**
 * Why a text cannot be split.
 *
 * @param index where what is wrong begins
 * @param message a sentence
 * @param remedy a sentence
 */
record Problem(int index, String message, String remedy) {

  /** A quote, comment or data block without end. */
  static Problem unterminated(Token token) {
    return new Problem(
        token.start(),
        "The %s that begins here is never ended.".formatted(token.kind().words()),
        token.kind().remedy());
  }
}
