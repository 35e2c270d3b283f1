package dev.dbmigration.sql;

import dev.dbmigration.model.Finding;
import java.util.List;
import java.util.Optional;

/** Statements that begin or end a transaction: the runner alone does that. */
final class TransactionControl {

  private static final String REMEDY =
      "Remove it: each migration runs in a transaction of its own, and what cannot run in one is"
          + " executed outside by itself. Where a commit in between is needed, write two"
          + " migrations.";

  private static final String BEGIN_WITH_MODES = "BEGIN|START WORK|TRANSACTION?";

  private TransactionControl() {}

  /** Whether the first and the last statement are a pair that encloses all others. */
  static boolean encloses(List<RawStatement> statements) {
    return statements.size() > 1
        && isBegin(statements.getFirst().phrase())
        && isCommit(statements.getLast().phrase());
  }

  /**
   * How a transaction's beginning sets it up, as the index of the first token that says so; empty
   * for a plain beginning.
   */
  static Optional<Token> modes(RawStatement begin) {
    int length = begin.phrase().lengthOf(BEGIN_WITH_MODES);
    return begin.tokens().stream().skip(length).findFirst();
  }

  /** Why a statement is refused; empty for one that is executed. */
  static Optional<Finding> refusal(RawStatement statement, ResolvedText text) {
    return forbidden(statement.phrase())
        .map(words ->
            new Finding.TransactionControl(
                text.key(),
                text.positionOf(statement.start()),
                words + " begins or ends a transaction.",
                REMEDY));
  }

  private static boolean isBegin(Phrase phrase) {
    return phrase.begins("BEGIN") || phrase.begins("START TRANSACTION");
  }

  private static boolean isCommit(Phrase phrase) {
    int length = phrase.lengthOf("COMMIT|END WORK|TRANSACTION?");
    return length > 0 && phrase.term(length).isEmpty();
  }

  private static Optional<String> forbidden(Phrase phrase) {
    if (isBegin(phrase)) {
      return Optional.of(phrase.begins("BEGIN") ? "BEGIN" : "START TRANSACTION");
    } else if (phrase.begins("PREPARE TRANSACTION") && phrase.term(2).startsWith("'")) {
      return Optional.of("PREPARE TRANSACTION");
    } else if (phrase.begins("COMMIT|ROLLBACK PREPARED") || isToSavepoint(phrase)) {
      return Optional.empty();
    }
    return List.of("COMMIT", "END", "ROLLBACK", "ABORT").stream()
        .filter(phrase::begins)
        .findFirst();
  }

  private static boolean isToSavepoint(Phrase phrase) {
    return phrase.begins("ROLLBACK WORK|TRANSACTION? TO");
  }
}
