package dev.dbmigration.runner.dialect.postgresql;

import dev.dbmigration.runner.dialect.ConnectionSettings;
import dev.dbmigration.runner.dialect.Dialect;
import dev.dbmigration.runner.dialect.Session;
import dev.dbmigration.runner.dialect.TargetException;
import dev.dbmigration.runner.dialect.postgresql.connection.Connector;
import dev.dbmigration.runner.dialect.postgresql.connection.LoginReader;
import dev.dbmigration.runner.dialect.postgresql.connection.ServerErrors;

/** PostgreSQL 14 and later, and servers that speak and behave like it. */
public final class PostgresDialect implements Dialect {

  @Override
  public Session open(ConnectionSettings settings) throws TargetException {
    var login = LoginReader.read(settings.target(), settings.secret());
    var errors = new ServerErrors(login.target(), settings.masking().and(login.secrets()));
    var connector = Connector.of(settings, login, errors);
    return PostgresSession.open(connector, settings.target().schema());
  }
}
