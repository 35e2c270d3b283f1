package dev.dbmigration.runner;

import dev.dbmigration.model.Checksum;
import dev.dbmigration.model.Failure;
import dev.dbmigration.model.Migration;
import dev.dbmigration.plan.Situation;
import dev.dbmigration.runner.dialect.History.Unfinished;
import dev.dbmigration.runner.dialect.NewEntry;
import dev.dbmigration.sql.Script;
import dev.dbmigration.sql.Script.Segment;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * A migration that an earlier run began, next to what the source says now. Its file may be mended
 * behind the parts that are done: as long as those are the same, the run goes on after them.
 *
 * @param begun as the target recorded it
 * @param current the migration in the source; absent when it was removed
 * @param segments of the current script; empty when it was removed or cannot be read
 */
record Resumption(Unfinished begun, Optional<Migration> current, List<Segment> segments) {

  static Resumption of(
      Unfinished begun, List<Migration> source, Function<Migration, Optional<Script>> reader) {
    var current =
        source.stream()
            .filter(migration -> migration.key().equals(begun.entry().key()))
            .findFirst();
    var segments = current.flatMap(reader).map(Script::segments).orElse(List.of());
    return new Resumption(begun, current, segments);
  }

  boolean isOf(Migration migration) {
    return begun.entry().key().equals(migration.key());
  }

  int finished() {
    return begun.finished().size();
  }

  /** As the planner sees it: unchanged as long as what is done is unchanged. */
  Situation.Unfinished state() {
    NewEntry entry = begun.entry();
    var checksum = current.filter(_ -> isSameSoFar()).map(Migration::checksum);
    return new Situation.Unfinished(entry.key(), entry.file().orElse(""), checksum, finished());
  }

  /**
   * Why the run must not go on although the file allows it: of one segment it is not known whether
   * it took effect. Changing that segment in the file settles it; another value of a placeholder
   * does not.
   */
  Optional<Failure> doubt() {
    return begun
        .inDoubt()
        .filter(segment -> isNext(segment) || (!isFileChanged() && segments.size() > finished()))
        .flatMap(_ -> current)
        .map(migration -> SegmentFailures.inDoubt(migration, segments, finished()));
  }

  private boolean isNext(Checksum segment) {
    return segments.stream()
        .skip(finished())
        .findFirst()
        .filter(next -> next.checksum().equals(segment))
        .isPresent();
  }

  private boolean isFileChanged() {
    return !current.map(Migration::checksum).equals(begun.entry().checksum());
  }

  private boolean isSameSoFar() {
    return segments.size() >= finished()
        && segments.stream()
            .limit(finished())
            .map(Segment::checksum)
            .toList()
            .equals(begun.finished());
  }
}
