package dev.dbmigration.runner;

import dev.dbmigration.model.Migration;
import dev.dbmigration.model.Version;
import dev.dbmigration.sql.Script.Segment;
import dev.dbmigration.sql.Statement;
import java.util.List;

/** A step of a plan with everything that its execution needs. */
sealed interface PreparedStep {

  /**
   * Nothing is executed.
   *
   * @param version at which the target is declared to stand
   */
  record Baseline(Version version) implements PreparedStep {}

  /**
   * One transaction.
   *
   * @param migration to record
   * @param statements to execute
   */
  record Atomic(Migration migration, List<Statement> statements) implements PreparedStep {}

  /**
   * Several segments, each of which is done or not.
   *
   * @param migration to record
   * @param segments to execute
   * @param progress how many are done by earlier runs; absent before the migration was begun
   */
  record Segmented(Migration migration, List<Segment> segments, Progress progress)
      implements PreparedStep {}

  /** How far a migration is that is not atomic. */
  sealed interface Progress {

    /** Not begun. */
    record None() implements Progress {}

    /**
     * Begun by an earlier run.
     *
     * @param finished how many segments are done
     */
    record Begun(int finished) implements Progress {}
  }
}
