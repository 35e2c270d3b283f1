package dev.dbmigration.runner.dialect.postgresql;

import dev.dbmigration.runner.dialect.History;
import dev.dbmigration.runner.dialect.TargetException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** The history and progress tables of one schema. */
final class PostgresHistory implements History {

  private static final String UNDEFINED_TABLE = "42P01";

  /** What two that create the same table or schema at once can be told. */
  private static final Set<String> ALREADY_THERE = Set.of("23505", "42P07", "42P06");

  private final WorkConnection work;
  private final HistoryTables tables;
  private final ServerErrors errors;

  PostgresHistory(WorkConnection work, HistoryTables tables, ServerErrors errors) {
    this.work = work;
    this.tables = tables;
    this.errors = errors;
  }

  @Override
  public Snapshot read() throws TargetException {
    try {
      return snapshot(true);
    } catch (SQLException e) {
      if (!ServerErrors.state(e).equals(UNDEFINED_TABLE)) {
        throw failed("The history could not be read", e);
      }
    }
    try {
      return snapshot(exists(HistoryTables.HISTORY));
    } catch (SQLException e) {
      throw failed("The history could not be read", e);
    }
  }

  private Snapshot snapshot(boolean withTables) throws SQLException {
    var message = new ArrayList<>(tables.freshSession());
    int before = (int) message.stream().filter(part -> part.startsWith("SELECT")).count();
    if (withTables) {
      message.add(HistoryRows.select(tables));
    }
    message.add(OtherObjects.select(tables));
    var results = work.send(Sql.message(message));
    var others = results.getLast().stream().map(row -> row.text(0)).toList();
    return HistoryRows.snapshot(withTables ? results.get(before) : List.of(), others);
  }

  @Override
  public void create() throws TargetException {
    try {
      createAbsent();
    } catch (SQLException e) {
      if (!ALREADY_THERE.contains(ServerErrors.state(e))) {
        throw failed("The history table could not be created", e);
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
      throw failed("The history table could not be created", e);
    }
  }

  /** Looks first: creating takes rights, even where everything is there. */
  private void createAbsent() throws SQLException {
    var present =
        work.send(
                "SELECT pg_catalog.to_regnamespace("
                    + Sql.literal(Sql.identifier(tables.schema()))
                    + ") IS NOT NULL, "
                    + isPresent(HistoryTables.HISTORY)
                    + ", "
                    + isPresent(HistoryTables.PROGRESS))
            .getFirst()
            .getFirst();
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

  private TargetException failed(String what, SQLException e) {
    work.rollback();
    return new TargetException(errors.during(what, e, work.isLost()), e);
  }
}
