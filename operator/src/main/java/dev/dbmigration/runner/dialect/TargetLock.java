package dev.dbmigration.runner.dialect;

import java.util.Optional;

/**
 * Keeps two runs with the same history table apart. Given back by the server itself when the runner
 * dies.
 */
public interface TargetLock {

  /**
   * Takes the lock if it is free, without waiting.
   *
   * @return whether it is held now
   * @throws TargetException if the server refuses or is lost
   */
  boolean tryAcquire() throws TargetException;

  /**
   * Asks the server whether the lock is still held.
   *
   * @throws TargetException if the server is lost, and the lock with it
   */
  boolean isHeld() throws TargetException;

  /**
   * Who holds it, for people: the session's name and age; empty if nobody does or it cannot be
   * told.
   */
  Optional<String> holder();

  /** Gives it back; without effect if it is not held. */
  void release();
}
