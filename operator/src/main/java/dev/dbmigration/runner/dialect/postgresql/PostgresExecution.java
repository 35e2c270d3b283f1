package dev.dbmigration.runner.dialect.postgresql;

import dev.dbmigration.model.Execution;
import dev.dbmigration.model.HistoryEntry;
import dev.dbmigration.runner.dialect.NewEntry;
import dev.dbmigration.runner.dialect.StepException;
import dev.dbmigration.runner.dialect.StepExecution;
import dev.dbmigration.runner.dialect.postgresql.StepTransaction.Change;
import dev.dbmigration.runner.dialect.postgresql.connection.Row;
import dev.dbmigration.runner.dialect.postgresql.connection.ServerErrors;
import dev.dbmigration.runner.dialect.postgresql.connection.WorkConnection;
import dev.dbmigration.sql.Script.Segment;
import dev.dbmigration.sql.Statement;
import java.time.Duration;
import java.util.List;

/** Steps on the working connection. */
final class PostgresExecution implements StepExecution {

  private final HistoryTables tables;
  private final ProgressStatements progress;
  private final StepTransaction transaction;
  private final WorkConnection work;
  private final StepErrors errors;

  PostgresExecution(
      WorkConnection work, HistoryTables tables, ServerErrors serverErrors, Duration patience) {
    this.work = work;
    this.tables = tables;
    errors = new StepErrors(work, serverErrors);
    progress = new ProgressStatements(tables);
    transaction = new StepTransaction(work, tables, errors, patience);
  }

  @Override
  public HistoryEntry applyAtomically(
      NewEntry entry, List<Statement> statements, Execution settings) throws StepException {
    var change =
        new Change(
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
    var change =
        new Change(
            List.of(tables.insert(entry, HistoryTables.UNFINISHED), progress.insert(entry)),
            List.of(),
            List.of(progress.exists(entry)),
            progress.exists(entry));
    transaction.run(change, Execution.DEFAULT);
  }

  @Override
  public void run(NewEntry entry, int index, Segment segment, Execution settings)
      throws StepException {
    switch (segment) {
      case Segment.Transaction together -> {
        var claim = progress.claim(entry, index, segment.checksum());
        var change =
            new Change(
                List.of(claim),
                together.statements(),
                List.of(progress.addDuration(entry)),
                progress.proof(entry, index));
        transaction.run(change, settings);
      }
      case Segment.Single alone -> {
        var notes = new ProgressNotes(work, tables, entry, index);
        new SingleStatement(work, tables, errors, notes, alone).run(settings);
      }
    }
  }

  @Override
  public HistoryEntry finish(NewEntry entry) throws StepException {
    var change =
        new Change(
            List.of(tables.finish(entry)),
            List.of(),
            List.of(progress.delete(entry), tables.find(entry)),
            tables.find(entry));
    return entry(entry, transaction.run(change, Execution.DEFAULT));
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
