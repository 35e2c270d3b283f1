package dev.dbmigration.runner.dialect.postgresql.connection;

import java.util.Set;

/**
 * Where to connect, and as whom.
 *
 * @param host name or address
 * @param port 1 to 65535
 * @param database its name
 * @param user the role
 * @param password the role's
 * @param verified whether the Secret's URI demands a check of the server's certificate
 * @param secrets texts that must not be shown: the password, and what contains it
 */
public record Login(
    String host,
    int port,
    String database,
    String user,
    String password,
    boolean verified,
    Set<String> secrets) {

  public Login {
    secrets = Set.copyOf(secrets);
  }

  /** Engine, host, port and database, for people. */
  public String target() {
    return "postgresql " + bracketed() + ":" + port + "/" + database;
  }

  /** The host as it stands before a port. */
  String bracketed() {
    return host.contains(":") ? "[" + host + "]" : host;
  }

  @Override
  public String toString() {
    return target();
  }
}
