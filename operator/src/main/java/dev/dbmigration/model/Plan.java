package dev.dbmigration.model;

import java.util.List;

/**
 * What a run would do, in order.
 *
 * @param steps what is to be done; empty when nothing is pending
 * @param warnings what a person should know, for example applied migrations that are missing in the
 *     source
 */
public record Plan(List<Step> steps, List<String> warnings) {

  /** Copies the lists. */
  public Plan {
    steps = List.copyOf(steps);
    warnings = List.copyOf(warnings);
  }

  /** One thing to do. */
  public sealed interface Step {

    /**
     * Declare that the target stands at a version, without executing anything.
     *
     * @param version up to which migrations count as applied
     */
    record RecordBaseline(Version version) implements Step {}

    /**
     * Execute a migration and record it.
     *
     * @param migration what to execute
     */
    record Apply(Migration migration) implements Step {}
  }
}
