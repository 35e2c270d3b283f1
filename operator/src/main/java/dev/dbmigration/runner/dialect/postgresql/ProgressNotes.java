package dev.dbmigration.runner.dialect.postgresql;

import dev.dbmigration.model.Checksum;
import dev.dbmigration.model.Reason;
import dev.dbmigration.runner.dialect.NewEntry;
import dev.dbmigration.runner.dialect.TargetException;
import dev.dbmigration.runner.dialect.postgresql.connection.Row;
import dev.dbmigration.runner.dialect.postgresql.connection.ServerErrors;
import dev.dbmigration.runner.dialect.postgresql.connection.Sql;
import dev.dbmigration.runner.dialect.postgresql.connection.WorkConnection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/**
 * Notes about one statement outside any transaction: that it begins, and what became of it. The
 * latter is written as often as need be, so that the statement is not executed again because its
 * note met with an obstacle.
 */
final class ProgressNotes {

  /** As long as somebody may keep the row locked. */
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private static final long PAUSE_MILLIS = 250;

  /** What may pass within our patience; a run that is told to stop cancels its notes as well. */
  private static final Set<Reason> PASSING =
      EnumSet.of(
          Reason.LOCK_TIMEOUT,
          Reason.STATEMENT_TIMEOUT,
          Reason.DISK_FULL,
          Reason.TARGET_READ_ONLY,
          Reason.TARGET_UNREACHABLE);

  private final WorkConnection work;
  private final HistoryTables tables;
  private final ProgressStatements progress;
  private final NewEntry entry;
  private final int index;
  private Optional<Integer> begunBy = Optional.empty();

  ProgressNotes(WorkConnection work, HistoryTables tables, NewEntry entry, int index) {
    this.work = work;
    this.tables = tables;
    this.entry = entry;
    this.index = index;
    progress = new ProgressStatements(tables);
  }

  /**
   * Notes the beginning, once.
   *
   * @param recoverable whether a later run can find out whether the segment took effect
   * @return whether the same was begun before and is recoverable; empty if another run was faster
   */
  Optional<Row> begin(Checksum segment, boolean recoverable) throws SQLException {
    begunBy = Optional.of(work.pid());
    return work.send(progress.begin(entry, index, segment, recoverable)).getFirst().stream()
        .findFirst();
  }

  /**
   * Notes that the segment is finished.
   *
   * @return false if another run has changed the history at the same place
   */
  boolean finish(Checksum segment) throws SQLException, TargetException {
    return write(progress.finish(entry, index, segment), progress.proof(entry, index));
  }

  /** Takes back what this run may have noted of the beginning, not what another one has. */
  void takeBack() throws SQLException, TargetException {
    if (begunBy.isPresent()) {
      int process = begunBy.get();
      write(progress.takeBack(entry, index, process), progress.isNotBegunBy(entry, process));
    }
  }

  private boolean write(String change, String proof) throws SQLException, TargetException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (true) {
      try {
        return isWritten(proof) || isChanged(change);
      } catch (SQLException e) {
        if (!mayPass(e) || System.nanoTime() > end) {
          throw e;
        }
      }
      pause();
    }
  }

  /** What was sent over a connection that is lost may have arrived. */
  private boolean isWritten(String proof) throws TargetException {
    return work.isLost()
        && new CommitInDoubt(work, AdvisoryKeys.of(tables)).resolve(proof).isPresent();
  }

  private boolean isChanged(String change) throws SQLException {
    var message = new ArrayList<>(HistoryTables.ownRole());
    message.addAll(SessionTimeouts.own());
    message.add(change);
    return !work.send(Sql.message(message)).getLast().isEmpty();
  }

  private boolean mayPass(SQLException e) {
    return work.isLost() || PASSING.contains(ServerErrors.reason(ServerErrors.state(e)));
  }

  private static void pause() {
    try {
      Thread.sleep(PAUSE_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
