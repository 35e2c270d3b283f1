package dev.dbmigration.runner.dialect.postgresql.connection;

import dev.dbmigration.model.Reason;
import dev.dbmigration.runner.dialect.TargetException;
import java.sql.SQLException;

/**
 * Finds out whether a connection pooler gives the sessions of the server to whoever sends the next
 * transaction. Locks and settings of a run would then be somebody else's, so nothing is set before.
 */
public final class PoolerProbe {

  private static final int PROBES = 3;

  private PoolerProbe() {}

  /**
   * A direct session has the process that was announced to it; others are looked at closely.
   *
   * @throws TargetException if it is such a pooler
   */
  public static void refuseTransactionPooler(Connector connector, WorkConnection work)
      throws SQLException, TargetException {
    if (work.announcedPid() == work.pid()) {
      return;
    }
    try (var other = WorkConnection.open(connector)) {
      for (int probe = 0; probe < PROBES; probe++) {
        int pid = other.askedPid();
        int workPid = work.askedPid();
        if (pid == workPid || workPid != work.pid() || other.askedPid() != pid) {
          throw refusal(connector);
        }
      }
    }
  }

  private static TargetException refusal(Connector connector) {
    return connector.refused(
        Reason.POOLER_UNSUPPORTED,
        connector.login().target()
            + " is a connection pooler that shares server sessions between clients: locks and"
            + " settings of a run would reach others.",
        "Name the database server itself in spec.target.host, or let the pooler keep a server"
            + " session for each client (PgBouncer: pool_mode = session).");
  }
}
