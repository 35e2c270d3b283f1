package dev.dbmigration.model;

/**
 * One thing that the reading of a source, or the planner, refuses: nothing is executed while there
 * is one.
 */
public interface Finding {

  /** The finding as a failure of the run, with message, place and remedy. */
  Failure toFailure();
}
