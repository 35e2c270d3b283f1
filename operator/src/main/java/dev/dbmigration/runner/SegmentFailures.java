package dev.dbmigration.runner;

import dev.dbmigration.model.Failure;
import dev.dbmigration.model.Migration;
import dev.dbmigration.model.Reason;
import dev.dbmigration.runner.dialect.StepException;
import dev.dbmigration.sql.Script.Segment;
import dev.dbmigration.sql.Statement;
import java.util.List;
import java.util.Optional;

/**
 * What a run says when it stops within a migration that is not atomic. Statements are counted from
 * 1 over the whole file.
 */
final class SegmentFailures {

  /** Where no statement was executed, or what was is rolled back. */
  static final String NOTHING = "Nothing of this migration is applied.";

  private static final String UNKNOWN_ENTRY =
      "whether the entry of this migration in the history is complete, the next run sees.";

  private SegmentFailures() {}

  /**
   * A segment failed; those before it stay.
   *
   * @param e as the dialect tells it
   * @param segments all of the migration
   * @param finished how many of them are done
   */
  static Failure failed(
      StepException e, Migration migration, List<Segment> segments, int finished) {
    var failure = e.failure();
    if (!e.isOutcomeKnown()) {
      return unknown(failure, segments, finished).in(migration);
    }
    if (failure.reason() == Reason.IN_DOUBT) {
      return inDoubt(migration, segments, finished)
          .withMessage(
              "%s It is statement %d of migration %s; the next run cannot see whether it took effect."
                  .formatted(failure.message(), next(segments, finished), migration.key().text()));
    }
    var here = failure.in(migration);
    if (finished == 0) {
      return here;
    }
    boolean needsAPerson = failure.reason() == Reason.MIGRATION_FAILED;
    return new Failure(
        needsAPerson ? Reason.PARTIALLY_APPLIED : failure.reason(),
        ended(failure.message()) + " " + state(segments, finished),
        needsAPerson ? remedy(segments, finished) : failure.remedy(),
        here.migration(),
        here.file(),
        here.position(),
        here.code());
  }

  /** A server's words end without a full stop. */
  private static String ended(String sentence) {
    return sentence.endsWith(".") ? sentence : sentence + ".";
  }

  /** The answer to a commit was lost; what stands before it is certain. */
  private static Failure unknown(Failure failure, List<Segment> segments, int finished) {
    var what = finished == segments.size() ? UNKNOWN_ENTRY : unknownPart(segments, finished);
    var certain = finished == 0 ? "" : " " + state(segments, finished);
    return failure.withMessage(
        "The connection broke during a commit and did not come back: " + what + certain);
  }

  private static String unknownPart(List<Segment> segments, int index) {
    int first = statements(segments.subList(0, index)) + 1;
    int last = statements(segments.subList(0, index + 1));
    int total = statements(segments);
    return first == last
        ? "statement %d of %d of this migration is applied and recorded, or is not."
            .formatted(first, total)
        : "statements %d to %d of %d of this migration are applied and recorded, or none of them is."
            .formatted(first, last, total);
  }

  /**
   * What remains when a run is told to stop, in a sentence. An index that is built concurrently may
   * be finished before the server hears of it.
   */
  static String stopped(List<Segment> segments, int finished) {
    if (segmentAt(segments, finished).filter(SegmentFailures::buildsAnIndex).isEmpty()) {
      return state(segments, finished);
    }
    return "%s; what became of the index of statement %d, the next run sees in the database."
        .formatted(
            finished == 0 ? "Nothing of this migration is recorded" : recorded(segments, finished),
            next(segments, finished));
  }

  private static boolean buildsAnIndex(Segment segment) {
    return segment.statements().getFirst().kind() == Statement.Kind.CONCURRENT_INDEX;
  }

  /** What of a migration is applied, in a sentence. */
  private static String state(List<Segment> segments, int finished) {
    return finished == 0
        ? NOTHING
        : recorded(segments, finished) + "; the next run goes on after that.";
  }

  private static String recorded(List<Segment> segments, int finished) {
    int done = statements(segments.subList(0, finished));
    return "%s of %d of this migration %s applied and recorded"
        .formatted(range(done), statements(segments), done == 1 ? "is" : "are");
  }

  /** It is not known whether a segment took effect. */
  static Failure inDoubt(Migration migration, List<Segment> segments, int finished) {
    var failure =
        Failure.of(
                Reason.IN_DOUBT,
                "Of statement %d of migration %s it is not known whether it took effect: the runner or the connection was lost while it ran, outside a transaction."
                    .formatted(next(segments, finished), migration.key().text()),
                "Look in the database whether it took effect. Then change this statement in the file"
                    + " so that it may run again, for example with IF NOT EXISTS or after a DROP …"
                    + " IF EXISTS; leave the statements before it as they are.")
            .in(migration);
    return segmentAt(segments, finished)
        .map(segment -> failure.at(segment.statements().getFirst().start()))
        .orElse(failure);
  }

  private static String remedy(List<Segment> segments, int finished) {
    int next = next(segments, finished);
    return "Correct the file from statement %d on, or remove the cause in the database and change spec.source.revision; leave what stands before it as it is. The next run goes on with statement %d."
        .formatted(next, next);
  }

  /** The number of the first statement that is not done. */
  private static int next(List<Segment> segments, int finished) {
    return statements(segments.subList(0, Math.min(finished, segments.size()))) + 1;
  }

  private static Optional<Segment> segmentAt(List<Segment> segments, int index) {
    return segments.stream().skip(index).findFirst();
  }

  private static int statements(List<Segment> segments) {
    return segments.stream().mapToInt(segment -> segment.statements().size()).sum();
  }

  private static String range(int done) {
    return done == 1 ? "Statement 1" : "Statements 1 to " + done;
  }
}
