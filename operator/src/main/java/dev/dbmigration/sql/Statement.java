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
     * @param index of the character within the statement's text, from 0; one past the end is
     *     allowed
     */
    SourcePosition at(int index);
  }

  /** Where the statement begins. */
  public SourcePosition start() {
    return positions.at(0);
  }
}
