package dev.dbmigration.sql;

import dev.dbmigration.model.SourcePosition;
import java.util.Optional;

/**
 * One statement of a script.
 *
 * @param text what is sent to the server, without the final semicolon
 * @param positions where the text stands in the file
 * @param kind how it has to be executed
 * @param copyData the lines that follow a {@code COPY … FROM STDIN}, without the final {@code \.};
 *     absent for everything else
 */
public record Statement(String text, Positions positions, Kind kind, Optional<String> copyData) {

  /** How a statement has to be executed. */
  public enum Kind {
    /** Inside a transaction. */
    TRANSACTIONAL,
    /**
     * {@code SET TRANSACTION}: the server takes it only as the first statement of its transaction,
     * before anything else and so before the history entry.
     */
    TRANSACTION_SETTING,
    /** Outside any transaction, alone. */
    NON_TRANSACTIONAL,
    /**
     * Outside any transaction, alone, and without the lock timeout, which would leave an invalid
     * index behind.
     */
    CONCURRENT_INDEX
  }

  /** Where the characters of a statement stand in its file, placeholders undone. */
  @FunctionalInterface
  public interface Positions {
    /**
     * The place of a character.
     *
     * @param index within the statement's text as Java counts ({@code char}s), from 0; one past the
     *     end is allowed
     */
    SourcePosition at(int index);
  }

  /** Where the statement begins. */
  public SourcePosition start() {
    return positions.at(0);
  }

  /**
   * The place of a character as a server counts it.
   *
   * @param number of the character (code point) within the text, from 1; one that lies outside
   *     means the nearest end
   */
  public SourcePosition atCharacter(int number) {
    int last = text.codePointCount(0, text.length());
    int index = Math.clamp(number - 1L, 0, last);
    return positions.at(text.offsetByCodePoints(0, index));
  }

  /** Names the place only: the text can hold a secret that a placeholder brought. */
  @Override
  public String toString() {
    return "Statement[" + kind + " at " + start() + "]";
  }
}
