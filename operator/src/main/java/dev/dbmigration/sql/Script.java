package dev.dbmigration.sql;

import dev.dbmigration.model.Checksum;
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

    /** In the order of the file; at least one. */
    List<Statement> statements();

    /**
     * Over what is sent to the server, except how its lines end: tells whether a segment changed
     * since it was carried out.
     */
    default Checksum checksum() {
      var sent = new StringBuilder();
      for (var statement : statements()) {
        sent.append(Checksum.ofText(statement.text())).append('\n');
        sent.append(Checksum.ofText(statement.copyData().orElse(""))).append('\n');
      }
      return Checksum.ofText(sent.toString());
    }

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
    record Single(Statement statement) implements Segment {
      @Override
      public List<Statement> statements() {
        return List.of(statement);
      }
    }
  }
}
