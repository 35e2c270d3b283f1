package dev.dbmigration.runner.dialect;

import dev.dbmigration.model.Execution;
import dev.dbmigration.model.HistoryEntry;
import dev.dbmigration.sql.Script.Segment;
import dev.dbmigration.sql.Statement;
import java.util.List;

/** Carries steps out. The caller retries and decides; nothing is repeated here. */
public interface StepExecution {

  /**
   * Applies a whole migration in one transaction: the entry first, then the statements, then the
   * entry's duration and hash. When this throws, nothing of it remains, unless the outcome is
   * unknown.
   *
   * <p>When the connection breaks during the commit, the server is asked on a new one what became
   * of it. Where that fails too, the reason is {@code Reason.CONNECTION_LOST} and the outcome is
   * unknown: the next run reads the truth in the history. The same holds for every commit below.
   *
   * @throws StepException with what failed
   */
  HistoryEntry applyAtomically(NewEntry entry, List<Statement> statements, Execution settings)
      throws StepException;

  /**
   * Records that a migration begins that is not atomic. The same fence as in {@link
   * #applyAtomically}.
   *
   * @throws StepException if another run was faster, or the server refuses or is lost
   */
  void begin(NewEntry entry) throws StepException;

  /**
   * Carries out one segment and records its end with its checksum: in the same transaction where
   * there is one, otherwise before and after. A segment that the server answered with an error is
   * recorded as not begun; it stays begun, and so in doubt, only when no answer came or its end
   * could not be recorded.
   *
   * @param index of the segment within its script, from 0
   * @throws StepException with what failed; of a segment in a transaction nothing remains
   */
  void run(NewEntry entry, int index, Segment segment, Execution settings) throws StepException;

  /**
   * Turns a migration whose segments are all done into a history entry. The entry's checksum and
   * run id may differ from those it was begun with, when its file was mended and a later run
   * resumed it.
   *
   * @throws StepException if the server refuses or is lost
   */
  HistoryEntry finish(NewEntry entry) throws StepException;

  /**
   * Writes an entry that executes nothing.
   *
   * @throws StepException if another run was faster, or the server refuses or is lost
   */
  HistoryEntry record(NewEntry entry) throws StepException;
}
