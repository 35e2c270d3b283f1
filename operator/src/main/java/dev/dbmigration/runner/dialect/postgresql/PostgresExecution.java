package dev.dbmigration.runner.dialect.postgresql;

import dev.dbmigration.model.Execution;
import dev.dbmigration.model.HistoryEntry;
import dev.dbmigration.runner.dialect.NewEntry;
import dev.dbmigration.runner.dialect.StepException;
import dev.dbmigration.runner.dialect.StepExecution;
import dev.dbmigration.sql.Script.Segment;
import dev.dbmigration.sql.Statement;
import java.time.Duration;
import java.util.List;

/** Steps on the working connection. */
final class PostgresExecution implements StepExecution {

  private final HistoryTables tables;
  private final StepTransaction transaction;

  PostgresExecution(WorkConnection work, HistoryTables tables, ServerErrors errors) {
    this.tables = tables;
    transaction = new StepTransaction(work, tables, errors);
  }

  @Override
  public HistoryEntry applyAtomically(
      NewEntry entry, List<Statement> statements, Execution settings) throws StepException {
    var change =
        new StepTransaction.Change(
            List.of(tables.insert(entry, entry.kind().name())),
            statements,
            List.of(tables.complete(entry)),
            tables.find(entry));
    return entry(entry, transaction.run(change, settings));
  }

  @Override
  public HistoryEntry record(NewEntry entry) throws StepException {
    return applyAtomically(entry, List.of(), Execution.DEFAULT);
  }

  @Override
  public void begin(NewEntry entry) throws StepException {
    throw new UnsupportedOperationException();
  }

  @Override
  public void run(NewEntry entry, int index, Segment segment, Execution settings)
      throws StepException {
    throw new UnsupportedOperationException();
  }

  @Override
  public HistoryEntry finish(NewEntry entry) throws StepException {
    throw new UnsupportedOperationException();
  }

  private static HistoryEntry entry(NewEntry entry, Row times) {
    return new HistoryEntry(
        entry.sequence(),
        entry.kind(),
        entry.key(),
        entry.description(),
        entry.file(),
        entry.checksum(),
        HistoryRows.instant(times.number(0)),
        Duration.ofMillis(times.number(1)),
        entry.runId(),
        entry.hash());
  }
}
