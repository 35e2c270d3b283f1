package dev.dbmigration.runner.dialect.postgresql;

import static dev.dbmigration.runner.dialect.Steps.apply;
import static dev.dbmigration.runner.dialect.Steps.first;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.dbmigration.model.Reason;
import dev.dbmigration.runner.dialect.TargetException;
import dev.dbmigration.runner.dialect.postgresql.Server.Database;
import org.junit.jupiter.api.Test;

/** Connection poolers in front of the server. */
class PostgresPoolerIT {

  private final Database database;

  PostgresPoolerIT() throws Exception {
    database = Server.newDatabase();
  }

  /** Otherwise it would change settings, and give up locks, of the application's sessions. */
  @Test
  void refusesAPoolerThatSharesSessionsBeforeItChangesAnything() throws Exception {
    try (var pooler = new Pooler(database, Pooler.Mode.TRANSACTION)) {
      var refused =
          catchThrowableOfType(TargetException.class, () -> database.openAt(pooler.port()));

      assertThat(refused.failure().reason()).isEqualTo(Reason.POOLER_UNSUPPORTED);
      assertThat(refused.failure().message())
          .contains("is a connection pooler that shares server sessions between clients");
      assertThat(refused.failure().remedy()).contains("spec.target.host", "pool_mode = session");
      assertThat(pooler.statements())
          .isNotEmpty()
          .allMatch(sent -> sent.startsWith("SELECT ") && !sent.contains("set_config"));
    }
  }

  @Test
  void worksThroughAPoolerThatKeepsASessionForEachClient() throws Exception {
    try (var pooler = new Pooler(database, Pooler.Mode.SESSION);
        var session = database.openAt(pooler.port())) {
      assertThat(session.lock().tryAcquire()).isTrue();
      session.history().create();

      apply(session, first(), "CREATE TABLE orders (id int)");

      assertThat(session.history().read().entries()).hasSize(1);
      assertThat(database.query("SELECT to_regclass('orders')")).isEqualTo("orders");
    }
  }
}
