package dev.dbmigration.controller.resource;

import dev.dbmigration.api.v1alpha1.AppliedMigration;
import dev.dbmigration.api.v1alpha1.DatabaseMigrationStatus;
import dev.dbmigration.api.v1alpha1.LastRun;
import dev.dbmigration.model.Checksum;
import dev.dbmigration.model.Failure;
import dev.dbmigration.model.HistoryEntry;
import dev.dbmigration.model.RunReport;
import dev.dbmigration.model.SourcePosition;
import dev.dbmigration.model.Version;
import dev.dbmigration.reconcile.Condition;
import dev.dbmigration.reconcile.RecordedRun;
import dev.dbmigration.reconcile.RecordedRun.Result;
import dev.dbmigration.reconcile.Seen;
import dev.dbmigration.reconcile.StatusView;
import dev.dbmigration.report.Excerpt;
import io.fabric8.kubernetes.api.model.ConditionBuilder;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Writes what is to be said into a status; what is not mentioned stays.
 *
 * @param before the status as it stands
 */
public record StatusRenderer(DatabaseMigrationStatus before) {

  private static final int LONG = 2048;
  private static final int SHORT = 300;

  /** The status that shows a view, as it is written to the cluster. */
  public DatabaseMigrationStatus render(StatusView view) {
    var seen = view.seen().orElse(Seen.NOTHING);
    var history = seen.history();
    return new DatabaseMigrationStatus(
        view.observedGeneration(),
        view.conditions().stream().map(StatusRenderer::condition).toList(),
        seen.target().map(text -> Excerpt.ofLength(text, 400)).orElse(before.target()),
        history.map(StatusRenderer::currentVersion).orElse(before.currentVersion()),
        history.map(RunReport.HistoryState::applied).orElse(before.applied()),
        history.map(RunReport.HistoryState::pending).orElse(before.pending()),
        view.runs() == 0 ? before.runs() : Integer.valueOf(view.runs()),
        seen.sourceDigest().map(Checksum::value).orElse(before.sourceDigest()),
        seen.acceptedHead().map(StatusRenderer::head).orElse(before.historyHead()),
        isStillRight(seen)
            ? before.plan()
            : history.map(StatusRenderer::plan).orElse(before.plan()),
        isStillRight(seen)
            ? before.history()
            : history.map(StatusRenderer::history).orElse(before.history()),
        view.lastRun().map(StatusRenderer::run).orElse(before.lastRun()),
        warnings(seen));
  }

  /** Whether the lists from before are certainly those that a part of a report lacks. */
  private boolean isStillRight(Seen seen) {
    return seen.extent() == Seen.Extent.PART
        && seen.history().filter(history -> isAnother(history, seen.sourceDigest())).isEmpty();
  }

  private boolean isAnother(RunReport.HistoryState history, Optional<Checksum> sourceDigest) {
    return !Optional.ofNullable(before.historyHead())
            .equals(history.head().map(StatusRenderer::head))
        || !Integer.valueOf(history.applied()).equals(before.applied())
        || !Integer.valueOf(history.pending()).equals(before.pending())
        || !Optional.ofNullable(before.sourceDigest()).equals(sourceDigest.map(Checksum::value));
  }

  private List<String> warnings(Seen seen) {
    var kept = isStillRight(seen) ? before.warnings() : List.<String>of();
    return Stream.concat(
            seen.warnings().stream(),
            kept.stream()
                .filter(text -> seen.warnings().isEmpty() || !text.startsWith(Seen.NO_DETAILS)))
        .limit(RunReport.NEWEST)
        .map(text -> Excerpt.ofLength(text, 1024))
        .toList();
  }

  private static io.fabric8.kubernetes.api.model.Condition condition(Condition condition) {
    return new ConditionBuilder()
        .withType(condition.type().text())
        .withStatus(condition.isTrue() ? "True" : "False")
        .withReason(condition.reason())
        .withMessage(Excerpt.ofLength(condition.message(), LONG))
        .withObservedGeneration(condition.observedGeneration())
        .withLastTransitionTime(StatusText.time(condition.since()))
        .build();
  }

  private static String currentVersion(RunReport.HistoryState history) {
    return Excerpt.ofLength(history.currentVersion().map(Version::toString).orElse(""), 200);
  }

  private static DatabaseMigrationStatus.HistoryHead head(HistoryEntry.Head head) {
    return new DatabaseMigrationStatus.HistoryHead(head.sequence(), head.hash().value());
  }

  private static DatabaseMigrationStatus.Plan plan(RunReport.HistoryState history) {
    int more = history.pending() - history.next().size();
    return new DatabaseMigrationStatus.Plan(
        history.next().stream().map(StatusRenderer::step).toList(),
        more > 0 ? Integer.valueOf(more) : null);
  }

  private static DatabaseMigrationStatus.Step step(RunReport.Item item) {
    return new DatabaseMigrationStatus.Step(
        Excerpt.ofLength(item.version(), SHORT),
        Excerpt.ofLength(item.description(), SHORT),
        orNull(item.checksum().map(Checksum::value)));
  }

  private static List<AppliedMigration> history(RunReport.HistoryState history) {
    return history.newest().stream().map(StatusRenderer::applied).toList();
  }

  private static AppliedMigration applied(RunReport.Item item) {
    return new AppliedMigration(
        Excerpt.ofLength(item.version(), SHORT),
        Excerpt.ofLength(item.description(), SHORT),
        orNull(item.checksum().map(Checksum::value)),
        state(item.state()),
        orNull(item.appliedAt().map(at -> at.truncatedTo(ChronoUnit.SECONDS))),
        orNull(item.durationMillis()));
  }

  private static String state(RunReport.State state) {
    return switch (state) {
      case APPLIED -> "Applied";
      case MISSING -> "Missing";
      case BASELINE -> "Baseline";
      case PENDING -> "Pending";
    };
  }

  private static LastRun run(RecordedRun run) {
    return new LastRun(
        run.job(),
        run.run(),
        run.attempt(),
        run.inputsHash().value(),
        run.startedAt().truncatedTo(ChronoUnit.SECONDS),
        orNull(finishedAt(run.result())),
        outcome(run.result()),
        orNull(failure(run.result()).map(StatusRenderer::failure)));
  }

  private static String outcome(Result result) {
    return switch (result) {
      case Result.Running _ -> StatusText.RUNNING;
      case Result.Succeeded _ -> StatusText.SUCCEEDED;
      case Result.Failed _ -> StatusText.FAILED;
    };
  }

  private static Optional<Instant> finishedAt(Result result) {
    return switch (result) {
      case Result.Running _ -> Optional.empty();
      case Result.Succeeded(Instant at) -> Optional.of(at.truncatedTo(ChronoUnit.SECONDS));
      case Result.Failed(Instant at, _) -> Optional.of(at.truncatedTo(ChronoUnit.SECONDS));
    };
  }

  private static Optional<Failure> failure(Result result) {
    return result instanceof Result.Failed failed
        ? Optional.of(failed.failure())
        : Optional.empty();
  }

  private static LastRun.RunFailure failure(Failure failure) {
    return new LastRun.RunFailure(
        failure.reason().text(),
        orNull(failure.migration().map(text -> Excerpt.ofLength(text, SHORT))),
        orNull(failure.file().map(text -> Excerpt.ofLength(text, 500))),
        orNull(failure.position().map(SourcePosition::line)),
        orNull(failure.position().map(SourcePosition::column)),
        orNull(failure.code().map(text -> Excerpt.ofLength(text, 40))),
        Excerpt.ofLength(failure.message(), LONG),
        Excerpt.ofLength(failure.remedy(), LONG));
  }

  private static <T> @Nullable T orNull(Optional<T> optional) {
    return optional.orElse(null);
  }
}
