package dev.dbmigration.runner.dialect.postgresql.connection;

import dev.dbmigration.model.Failure;
import dev.dbmigration.model.Reason;
import dev.dbmigration.runner.dialect.Masking;
import dev.dbmigration.sql.Statement;
import java.sql.SQLException;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/**
 * The one place where what the server or the driver says becomes a failure that users see. Of the
 * server's words only the primary message: detail, hint and context can hold rows.
 *
 * @param target engine, host, port and database
 * @param masking hides secrets
 */
public record ServerErrors(String target, Masking masking) {

  /** In the language of the server, so only the form counts: a table, a word and the number. */
  private static final Pattern COPY_LINE = Pattern.compile("^COPY [^\\n]*?,[^\\n0-9]*?([0-9]+)");

  /** No connection came about. */
  Failure whileConnecting(SQLException e) {
    return ConnectionErrors.failure(this, e);
  }

  /**
   * Something of our own failed, which is no migration's fault.
   *
   * @param what could not be done, a sentence without its end
   */
  public Failure during(String what, SQLException e, boolean isLost) {
    var reason = isLost ? Reason.CONNECTION_LOST : reason(state(e));
    var message = what + " on " + target + ": " + words(e);
    return Failure.of(reason, masking.apply(message), Remedies.of(reason)).withCode(state(e));
  }

  /** A statement of a migration failed. */
  public Failure of(Statement statement, SQLException e, Reason reason) {
    return of(e, reason).at(place(statement, e));
  }

  /** A migration failed, but no particular statement of it. */
  public Failure of(SQLException e, Reason reason) {
    return Failure.of(reason, words(e), Remedies.of(reason)).withCode(state(e));
  }

  /** What a server's code means; the rest is the migration's fault. */
  public static Reason reason(String state) {
    return switch (state) {
      case "3D000", "57P04" -> Reason.DATABASE_NOT_FOUND;
      case "53100" -> Reason.DISK_FULL;
      case "53300", "57P03" -> Reason.TARGET_UNREACHABLE;
      case "42501" -> Reason.PERMISSION_DENIED;
      case "25006" -> Reason.TARGET_READ_ONLY;
      case "55P03", "40P01", "40001" -> Reason.LOCK_TIMEOUT;
      case "57014" -> Reason.STATEMENT_TIMEOUT;
      case "57P01", "57P02", "57P05", "25P03", "25P04" -> Reason.CONNECTION_LOST;
      default -> isInTrouble(state) ? Reason.TARGET_UNREACHABLE : reasonOfClass(state);
    };
  }

  private static Reason reasonOfClass(String state) {
    return switch (state.substring(0, Math.min(2, state.length()))) {
      case "28" -> Reason.LOGIN_REFUSED;
      case "08" -> Reason.CONNECTION_LOST;
      default -> Reason.MIGRATION_FAILED;
    };
  }

  /** Whether the server lacks what it needs to work: no statement's fault, and it may pass. */
  public static boolean isInTrouble(String state) {
    return switch (state) {
      case "53000", "53200", "53400", "58000", "58030" -> true;
      default -> false;
    };
  }

  /** The SQLSTATE; the empty text if there is none. */
  public static String state(SQLException e) {
    return Optional.ofNullable(e.getSQLState()).orElse("");
  }

  /** The server's primary message, or the driver's if the server said nothing; masked. */
  public String words(SQLException e) {
    var said = serverMessage(e);
    if (said.isEmpty()) {
      return masking.apply(Optional.ofNullable(e.getMessage()).orElse("no answer"));
    }
    var message = Optional.ofNullable(said.get().getMessage()).orElse("no message");
    boolean mayHoldData = state(e).startsWith("22") || state(e).startsWith("23");
    var shown =
        mayHoldData
            ? masking.applyWithoutLiterals(message, names(said.get()))
            : masking.apply(message);
    return copyLine(said.get())
        .map(line -> shown + " (line " + line + " of the data)")
        .orElse(shown);
  }

  static Optional<ServerErrorMessage> serverMessage(SQLException e) {
    return e instanceof PSQLException said
        ? Optional.ofNullable(said.getServerErrorMessage())
        : Optional.empty();
  }

  private static Optional<String> copyLine(ServerErrorMessage said) {
    return Optional.ofNullable(said.getWhere())
        .map(COPY_LINE::matcher)
        .filter(java.util.regex.Matcher::find)
        .map(match -> match.group(1));
  }

  /** Names of things, which the server quotes as it quotes data. */
  private static Set<String> names(ServerErrorMessage said) {
    return Stream.of(
            Optional.ofNullable(said.getConstraint()),
            Optional.ofNullable(said.getTable()),
            Optional.ofNullable(said.getColumn()),
            Optional.ofNullable(said.getDatatype()))
        .flatMap(Optional::stream)
        .collect(Collectors.toSet());
  }

  private static dev.dbmigration.model.SourcePosition place(Statement statement, SQLException e) {
    int position = serverMessage(e).map(ServerErrorMessage::getPosition).orElse(0);
    return position > 0 ? statement.atCharacter(position) : statement.start();
  }
}
