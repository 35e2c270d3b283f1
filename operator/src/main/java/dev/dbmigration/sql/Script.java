package dev.dbmigration.sql;

import java.util.List;

/**
 * A migration's text, understood.
 *
 * @param segments in the order of the file; at least one
 */
public record Script(List<Segment> segments) {

  /** Copies the segments. */
  public Script {
    segments = List.copyOf(segments);
  }

  /** Whether the whole script can run in one transaction. */
  public boolean isAtomic() {
    return segments.size() == 1 && segments.getFirst() instanceof Segment.Transaction;
  }

  /** A part of a script that succeeds or fails as a whole. */
  public sealed interface Segment {
    /**
     * Statements in one transaction.
     *
     * @param statements at least one
     */
    record Transaction(List<Statement> statements) implements Segment {
      /** Copies the statements. */
      public Transaction {
        statements = List.copyOf(statements);
      }
    }

    /**
     * One statement outside any transaction.
     *
     * @param statement of a kind that is not transactional
     */
    record Single(Statement statement) implements Segment {}
  }
}
