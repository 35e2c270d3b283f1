package dev.dbmigration.model;

import java.util.Optional;

/**
 * Why a run did not do what was asked, in a form fit for a user: free of secrets and of row data.
 *
 * @param reason the machine-readable constant
 * @param message what could not be done, where and why; the database's own words where it has some
 * @param remedy what to do about it
 * @param migration text of the migration's key; absent where no single one is concerned
 * @param file the file concerned; absent where none is
 * @param position where in the file; absent where unknown
 * @param code the server's error code, for PostgreSQL an SQLSTATE; absent where no server spoke
 */
public record Failure(
    Reason reason,
    String message,
    String remedy,
    Optional<String> migration,
    Optional<String> file,
    Optional<SourcePosition> position,
    Optional<String> code) {

  /** A failure that concerns no single file. */
  public static Failure of(Reason reason, String message, String remedy) {
    return new Failure(
        reason,
        message,
        remedy,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  /** The same failure, of one migration. */
  public Failure in(Migration subject) {
    return new Failure(
        reason,
        message,
        remedy,
        Optional.of(subject.key().text()),
        Optional.of(subject.file()),
        position,
        code);
  }

  /** The same failure, at a place in a file. */
  public Failure at(SourcePosition place) {
    return new Failure(
        reason, message, remedy, migration, Optional.of(place.file()), Optional.of(place), code);
  }

  /** The same failure, with the server's code. */
  public Failure withCode(String serverCode) {
    return new Failure(reason, message, remedy, migration, file, position, Optional.of(serverCode));
  }
}
