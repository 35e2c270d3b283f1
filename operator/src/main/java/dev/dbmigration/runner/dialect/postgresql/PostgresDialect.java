package dev.dbmigration.runner.dialect.postgresql;

import dev.dbmigration.runner.dialect.ConnectionSettings;
import dev.dbmigration.runner.dialect.Dialect;
import dev.dbmigration.runner.dialect.Session;
import dev.dbmigration.runner.dialect.TargetException;
import dev.dbmigration.runner.dialect.postgresql.connection.Connector;
import dev.dbmigration.runner.dialect.postgresql.connection.LoginReader;
import dev.dbmigration.runner.dialect.postgresql.connection.ServerErrors;
import java.time.Duration;

/** PostgreSQL 14 and later, and servers that speak and behave like it. */
public final class PostgresDialect implements Dialect {

  private final Duration patience;

  /** Looks for what became of a lost commit for as long as a server may take to start again. */
  public PostgresDialect() {
    this(CommitInDoubt.PATIENCE);
  }

  /**
   * A dialect with another patience.
   *
   * @param patience how long to look for what became of a commit whose answer was lost
   */
  PostgresDialect(Duration patience) {
    this.patience = patience;
  }

  @Override
  public Session open(ConnectionSettings settings) throws TargetException {
    var login = LoginReader.read(settings.target(), settings.secret());
    var errors = new ServerErrors(login.target(), settings.masking().and(login.secrets()));
    var connector = Connector.of(settings, login, errors);
    return PostgresSession.open(connector, settings.target().schema(), patience);
  }
}
