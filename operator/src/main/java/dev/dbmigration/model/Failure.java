package dev.dbmigration.model;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

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

  private static final int OTHERS_NAMED = 5;

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

  /**
   * Several findings as one failure: the first one, and where the others are.
   *
   * @param findings at least one
   */
  public static Failure ofAll(List<? extends Finding> findings) {
    var first = findings.getFirst().toFailure();
    if (findings.size() == 1) {
      return first;
    }
    var others =
        findings.stream()
            .skip(1)
            .limit(OTHERS_NAMED)
            .map(finding -> finding.toFailure().brief())
            .collect(Collectors.joining("; "));
    int more = findings.size() - 1;
    return first.withMessage(
        "%s %s: %s%s"
            .formatted(
                first.message(),
                more == 1 ? "There is another finding" : "There are " + more + " other findings",
                others,
                more > OTHERS_NAMED ? "; …" : ""));
  }

  private String brief() {
    var place = position.map(SourcePosition::toString).or(() -> file);
    return reason + place.map(where -> " in " + where).orElse("");
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

  /** The same failure, of the migration with this key. */
  public Failure of(MigrationKey key) {
    return new Failure(reason, message, remedy, Optional.of(key.text()), file, position, code);
  }

  /** The same failure, in a file. */
  public Failure inFile(String path) {
    return new Failure(reason, message, remedy, migration, Optional.of(path), position, code);
  }

  /** The same failure, with other words for what to do. */
  public Failure withRemedy(String words) {
    return new Failure(reason, message, words, migration, file, position, code);
  }

  /** The same failure, in other words. */
  public Failure withMessage(String words) {
    return new Failure(reason, words, remedy, migration, file, position, code);
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
