package dev.dbmigration.runner.dialect.postgresql;

import static java.util.stream.Collectors.joining;

import dev.dbmigration.model.Failure;
import dev.dbmigration.model.Reason;
import dev.dbmigration.runner.dialect.History;
import dev.dbmigration.runner.dialect.TargetException;
import dev.dbmigration.runner.dialect.postgresql.connection.Row;
import dev.dbmigration.runner.dialect.postgresql.connection.ServerErrors;
import dev.dbmigration.runner.dialect.postgresql.connection.Sql;
import dev.dbmigration.runner.dialect.postgresql.connection.WorkConnection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The history and progress tables of one schema. */
final class PostgresHistory implements History {

  private static final String UNDEFINED_TABLE = "42P01";
  private static final String UNDEFINED_COLUMN = "42703";

  /** What two that create the same table, with its type, or schema at once can be told. */
  private static final Set<String> ALREADY_THERE = Set.of("23505", "42710", "42P07", "42P06");

  private final WorkConnection work;
  private final HistoryTables tables;
  private final ServerErrors errors;
  private final HistoryLocks locks;

  PostgresHistory(WorkConnection work, HistoryTables tables, ServerErrors errors) {
    this.work = work;
    this.tables = tables;
    this.errors = errors;
    locks = new HistoryLocks(tables, errors);
  }

  @Override
  public Snapshot read() throws TargetException {
    try {
      var snapshot = snapshot();
      if (snapshot.entries().isEmpty() && snapshot.unfinished().isEmpty()) {
        refuseHistoryElsewhere();
      }
      return snapshot;
    } catch (SQLException e) {
      throw ServerErrors.state(e).equals(UNDEFINED_COLUMN)
          ? otherTable(e)
          : failed("The history could not be read", e);
    }
  }

  /** One message in general; what it stumbles over is looked at only then. */
  private Snapshot snapshot() throws SQLException {
    try {
      return snapshot(Optional.of(HistoryRows.select(tables, tables.progress())));
    } catch (SQLException e) {
      if (!ServerErrors.state(e).equals(UNDEFINED_TABLE)) {
        throw e;
      }
    }
    return exists(HistoryTables.HISTORY)
        ? snapshot(Optional.of(HistoryRows.select(tables, HistoryRows.NO_PROGRESS)))
        : snapshot(Optional.empty());
  }

  private Snapshot snapshot(Optional<String> select) throws SQLException {
    var message = new ArrayList<>(tables.freshSession());
    message.addAll(SessionTimeouts.own());
    message.add(OtherObjects.select(tables));
    select.ifPresent(message::add);
    var results = work.send(Sql.message(message));
    var rows = select.isPresent() ? results.removeLast() : List.<Row>of();
    var others = results.getLast().stream().map(row -> row.text(0)).toList();
    return HistoryRows.snapshot(rows, others);
  }

  /**
   * Which schema is the default one can change with the role's search path, by a migration even: a
   * history that is somewhere else is not taken for none.
   */
  private void refuseHistoryElsewhere() throws SQLException, TargetException {
    if (tables.isNamed()) {
      return;
    }
    var elsewhere = work.send(tables.selectOtherHistories()).getFirst();
    if (!elsewhere.isEmpty()) {
      var schemas = elsewhere.stream().map(row -> row.text(0)).collect(joining(", "));
      throw new TargetException(
          Failure.of(
              Reason.TARGET_NOT_EMPTY,
              "Schema %s, the first of the role's search_path that exists, has no history, but there is one in schema %s."
                  .formatted(tables.schema(), schemas),
              "Set spec.target.schema: to the schema whose history this resource goes on with, or to"
                  + " %s if a history of its own is to begin there.".formatted(tables.schema())));
    }
  }

  @Override
  public void create() throws TargetException {
    try {
      createAbsent();
    } catch (SQLException e) {
      if (!ALREADY_THERE.contains(ServerErrors.state(e))) {
        throw notCreated(e);
      }
      work.rollback();
      createAgain();
    }
  }

  /** Another run has created something at the same moment; after its end all is there. */
  private void createAgain() throws TargetException {
    try {
      createAbsent();
    } catch (SQLException e) {
      throw notCreated(e);
    }
  }

  /** Looks first: creating takes rights, even where everything is there. */
  private void createAbsent() throws SQLException {
    var question = new ArrayList<>(SessionTimeouts.own());
    question.add(
        "SELECT pg_catalog.to_regnamespace("
            + Sql.literal(Sql.identifier(tables.schema()))
            + ") IS NOT NULL, "
            + isPresent(HistoryTables.HISTORY)
            + ", "
            + isPresent(HistoryTables.PROGRESS));
    var present = work.send(Sql.message(question)).getFirst().getFirst();
    if (present.isTrue(1) && present.isTrue(2)) {
      return;
    }
    var ddl = new HistoryDdl(tables);
    var message = new ArrayList<>(List.of("BEGIN"));
    if (!present.isTrue(0)) {
      message.add(ddl.createSchema());
    }
    message.addAll(ddl.create());
    message.add("COMMIT");
    work.send(Sql.message(message));
  }

  private boolean exists(String table) throws SQLException {
    return work.send("SELECT " + isPresent(table)).getFirst().getFirst().isTrue(0);
  }

  private String isPresent(String table) {
    var name = Sql.identifier(tables.schema()) + "." + table;
    return "pg_catalog.to_regclass(" + Sql.literal(name) + ") IS NOT NULL";
  }

  private TargetException otherTable(SQLException e) {
    return new TargetException(
        Failure.of(
                Reason.HISTORY_DAMAGED,
                "The history could not be read: the table "
                    + tables.history()
                    + " has other columns than ours: "
                    + errors.words(e)
                    + ".",
                "Rename the table if it is another program's, or set spec.target.schema; restore it"
                    + " from a backup if it was changed by hand.")
            .withCode(UNDEFINED_COLUMN),
        e);
  }

  private TargetException notCreated(SQLException e) {
    var failure = failed("The history table could not be created", e);
    var schema = Sql.identifier(tables.schema());
    return failure.failure().reason() == Reason.PERMISSION_DENIED
        ? new TargetException(
            failure
                .failure()
                .withRemedy(
                    "GRANT USAGE, CREATE ON SCHEMA "
                        + schema
                        + " to the role in the Secret; where the schema does not exist yet, create"
                        + " it or GRANT CREATE ON DATABASE. The run is tried again by itself."),
            e)
        : failure;
  }

  private TargetException failed(String what, SQLException e) {
    work.rollback();
    return locks.failed(what, e, work);
  }
}
