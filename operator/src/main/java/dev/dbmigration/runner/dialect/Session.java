package dev.dbmigration.runner.dialect;

import java.util.Optional;

/**
 * An open connection to one target. The order of work:
 *
 * <ol>
 *   <li>{@link #facts} and {@link History#read}, which change nothing
 *   <li>{@link TargetLock#tryAcquire} until it succeeds
 *   <li>{@link History#create}, then {@link History#read} again, now under the lock
 *   <li>{@link StepExecution}, step by step
 *   <li>{@link TargetLock#release} and {@link #close}
 * </ol>
 */
public interface Session extends AutoCloseable {

  /** What was learned when connecting. */
  Facts facts();

  /** The record of what was applied. */
  History history();

  /** The mutual exclusion of runs. */
  TargetLock lock();

  /** The carrying out of steps. */
  StepExecution execution();

  /**
   * Makes the server stop the statement that is running, if one is. May be called from any thread,
   * more than once; waits for a server that does not answer, but not for the statement.
   */
  void cancel();

  /** Gives up the lock and all connections; never throws. */
  @Override
  void close();

  /**
   * What was learned when connecting.
   *
   * @param target engine, host, port and database, for people; never a user name
   * @param serverVersion as the server writes it
   * @param schema the default schema; absent if the server has none for the role
   * @param readOnly whether the server takes no changes, such as during recovery
   */
  record Facts(String target, String serverVersion, Optional<String> schema, boolean readOnly) {}
}
