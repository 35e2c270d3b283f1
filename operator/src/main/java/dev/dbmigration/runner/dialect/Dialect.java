package dev.dbmigration.runner.dialect;

/** One kind of database. */
public interface Dialect {

  /**
   * Opens a session: finds the address and the credentials in the settings, connects, logs in, and
   * reads the facts about the server.
   *
   * @throws TargetException if the settings do not suffice, or the server cannot be reached or
   *     refuses
   */
  Session open(ConnectionSettings settings) throws TargetException;
}
