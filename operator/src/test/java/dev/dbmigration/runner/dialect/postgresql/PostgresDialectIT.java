package dev.dbmigration.runner.dialect.postgresql;

import dev.dbmigration.runner.dialect.DialectContract;
import dev.dbmigration.runner.dialect.Session;
import dev.dbmigration.runner.dialect.TargetException;
import java.sql.SQLException;

class PostgresDialectIT extends DialectContract {

  private final Server.Database database;

  PostgresDialectIT() throws SQLException {
    database = Server.newDatabase();
  }

  @Override
  protected Session open() throws TargetException {
    return database.open();
  }

  @Override
  protected String createTable(String name) {
    return "CREATE TABLE " + name + " (id bigint PRIMARY KEY)";
  }

  @Override
  protected boolean hasTable(String name) throws SQLException {
    return database.query("SELECT to_regclass('" + name + "') IS NOT NULL").equals("t");
  }
}
