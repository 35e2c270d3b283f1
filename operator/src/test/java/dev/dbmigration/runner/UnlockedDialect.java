package dev.dbmigration.runner;

import dev.dbmigration.runner.dialect.ConnectionSettings;
import dev.dbmigration.runner.dialect.Dialect;
import dev.dbmigration.runner.dialect.History;
import dev.dbmigration.runner.dialect.Session;
import dev.dbmigration.runner.dialect.StepExecution;
import dev.dbmigration.runner.dialect.TargetException;
import dev.dbmigration.runner.dialect.TargetLock;
import java.util.Optional;

/**
 * A dialect whose lock keeps nobody out.
 *
 * @param dialect that does the rest
 */
record UnlockedDialect(Dialect dialect) implements Dialect {

  @Override
  public Session open(ConnectionSettings settings) throws TargetException {
    return new UnlockedSession(dialect.open(settings));
  }

  private record UnlockedSession(Session session) implements Session, TargetLock {
    @Override
    public Facts facts() {
      return session.facts();
    }

    @Override
    public History history() {
      return session.history();
    }

    @Override
    public StepExecution execution() {
      return session.execution();
    }

    @Override
    public TargetLock lock() {
      return this;
    }

    @Override
    public boolean tryAcquire() {
      return true;
    }

    @Override
    public boolean isHeld() {
      return true;
    }

    @Override
    public Optional<String> holder() {
      return Optional.empty();
    }

    @Override
    public void release() {}

    @Override
    public void cancel() {
      session.cancel();
    }

    @Override
    public void close() {
      session.close();
    }
  }
}
