package dev.dbmigration.runner.dialect;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.dbmigration.model.Checksum;
import dev.dbmigration.model.Execution;
import dev.dbmigration.model.Failure;
import dev.dbmigration.model.HistoryEntry;
import dev.dbmigration.model.MigrationKey;
import dev.dbmigration.model.SourcePosition;
import dev.dbmigration.model.Version;
import dev.dbmigration.sql.Script.Segment;
import dev.dbmigration.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** Steps for tests of dialects: every statement stands on a line of its own. */
public final class Steps {

  private Steps() {}

  /** Applies statements in one transaction, with the default settings. */
  public static HistoryEntry apply(Session session, NewEntry entry, String... statements)
      throws StepException {
    return session.execution().applyAtomically(entry, script(statements), Execution.DEFAULT);
  }

  /** What a step says that is not carried out. */
  public static Failure failureOf(ThrowingCallable step) {
    return catchThrowableOfType(StepException.class, step).failure();
  }

  /** A segment that is one transaction. */
  public static Segment part(String... statements) {
    return new Segment.Transaction(script(statements));
  }

  /** A segment outside any transaction. */
  public static Segment single(String statement) {
    return new Segment.Single(statement(statement, 1, Statement.Kind.NON_TRANSACTIONAL));
  }

  /** A segment that builds an index beside the application. */
  public static Segment concurrently(String statement) {
    return new Segment.Single(statement(statement, 1, Statement.Kind.CONCURRENT_INDEX));
  }

  /** Statements of a transaction. */
  public static List<Statement> script(String... statements) {
    var script = new ArrayList<Statement>();
    for (var text : statements) {
      script.add(statement(text, script.size() + 1, Statement.Kind.TRANSACTIONAL));
    }
    return script;
  }

  /** A statement without data. */
  public static Statement statement(String text, int line, Statement.Kind kind) {
    return new Statement(
        text, index -> new SourcePosition("V1__a.sql", line, index + 1), kind, Optional.empty());
  }

  /** An entry that continues a history. */
  public static NewEntry entry(long sequence, Optional<Checksum> previous, String version) {
    return new NewEntry(
        sequence,
        previous,
        HistoryEntry.Kind.APPLIED,
        new MigrationKey.Versioned(Version.parse(version)),
        "it's a \\ test",
        Optional.of("V1__a.sql"),
        Optional.of(Checksum.ofText(version)),
        "shop/orders/1");
  }

  /** The first entry of a history. */
  public static NewEntry first() {
    return entry(1, Optional.empty(), "1");
  }
}
