package dev.dbmigration.runner.dialect.postgresql.connection;

import dev.dbmigration.model.Reason;

/** What to do about a server's refusal. */
public final class Remedies {

  private Remedies() {}

  /** A remedy for a reason that a server can give; for others, that of a failed migration. */
  public static String of(Reason reason) {
    return switch (reason) {
      case LOGIN_REFUSED ->
          "Check user and password in the Secret against the server, and whether its pg_hba.conf"
              + " lets this role in from the cluster and with these TLS settings.";
      case DATABASE_NOT_FOUND ->
          "Create the database, or correct spec.target.database or the database in the Secret.";
      case DISK_FULL ->
          "Free or add disk space on the database server; the run is tried again by itself.";
      case TARGET_UNREACHABLE ->
          "Check that the server runs, has memory and sound disks, and that host and port are right"
              + " and reachable from the namespace of the resource; the run is tried again by"
              + " itself.";
      case PERMISSION_DENIED ->
          "Grant the right that the message names to the role in the Secret, or use the owner's"
              + " role; the run is tried again by itself.";
      case TARGET_READ_ONLY ->
          "Point spec.target.host at the primary: this server takes no changes.";
      case LOCK_TIMEOUT ->
          "Find out what holds the lock (pg_stat_activity, pg_blocking_pids), or raise"
              + " spec.execution.lockTimeout; the run is tried again by itself.";
      case STATEMENT_TIMEOUT ->
          "Make the statement faster or split it, or raise the limit:"
              + " spec.execution.statementTimeout, or the statement_timeout that the file sets"
              + " itself. If somebody cancelled it in the database (pg_cancel_backend), change"
              + " spec.source.revision to try it again.";
      case INTERRUPTED -> "The run was stopped from outside; it is tried again by itself.";
      case CONNECTION_LOST ->
          "Check whether the server was restarted or the network failed; the run is tried again by"
              + " itself.";
      case TLS_FAILED -> "Check the server's certificate and spec.target.tls.";
      default -> "Correct the migration; what it had changed was rolled back.";
    };
  }
}
