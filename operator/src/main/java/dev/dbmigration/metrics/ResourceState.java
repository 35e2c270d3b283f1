package dev.dbmigration.metrics;

/** In how far a resource is where it should be. */
public enum ResourceState {
  /** All is applied. */
  READY,
  /** Something is happening or waited for. */
  PROGRESSING,
  /** A person has to do something. */
  STALLED,
  /** Nothing is happening, because the resource says so. */
  SUSPENDED,
  /** The operator has not seen it yet. */
  UNKNOWN
}
