package dev.dbmigration.controller.resource;

import dev.dbmigration.api.v1alpha1.DatabaseMigrationStatus;
import dev.dbmigration.api.v1alpha1.LastRun;
import dev.dbmigration.model.Checksum;
import dev.dbmigration.model.Failure;
import dev.dbmigration.model.HistoryEntry;
import dev.dbmigration.model.Reason;
import dev.dbmigration.model.SourcePosition;
import dev.dbmigration.reconcile.Condition;
import dev.dbmigration.reconcile.Recorded;
import dev.dbmigration.reconcile.RecordedRun;
import java.time.Instant;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What a status says, in the words of {@link dev.dbmigration.reconcile}. */
public final class StatusReader {

  private static final Checksum UNKNOWN = new Checksum("sha256:" + "0".repeat(64));

  private StatusReader() {}

  /** What a status records; nothing, if there is none yet. */
  public static Recorded read(@Nullable DatabaseMigrationStatus status) {
    if (status == null) {
      return Recorded.NOTHING;
    }
    return new Recorded(
        status.conditions().stream().flatMap(StatusReader::condition).toList(),
        Objects.requireNonNullElse(status.runs(), 0),
        Optional.ofNullable(status.lastRun()).map(StatusReader::run),
        Optional.ofNullable(status.currentVersion()).filter(text -> !text.isEmpty()),
        Objects.requireNonNullElse(status.applied(), 0),
        Optional.ofNullable(status.historyHead()).map(StatusReader::head));
  }

  private static HistoryEntry.Head head(DatabaseMigrationStatus.HistoryHead head) {
    return new HistoryEntry.Head(head.sequence(), new Checksum(head.hash()));
  }

  private static Stream<Condition> condition(io.fabric8.kubernetes.api.model.Condition condition) {
    return Arrays.stream(Condition.Type.values())
        .filter(type -> type.text().equals(condition.getType()))
        .map(type ->
            new Condition(
                type,
                "True".equals(condition.getStatus()),
                Objects.requireNonNullElse(condition.getReason(), ""),
                Objects.requireNonNullElse(condition.getMessage(), ""),
                Objects.requireNonNullElse(condition.getObservedGeneration(), 0L),
                Optional.ofNullable(condition.getLastTransitionTime())
                    .map(Instant::parse)
                    .orElse(Instant.EPOCH)));
  }

  private static RecordedRun run(LastRun run) {
    return new RecordedRun(
        run.run(),
        run.job(),
        Objects.requireNonNullElse(run.attempt(), 1),
        Optional.ofNullable(run.inputsHash()).map(Checksum::new).orElse(UNKNOWN),
        Objects.requireNonNullElse(run.startedAt(), Instant.EPOCH),
        result(run));
  }

  private static RecordedRun.Result result(LastRun run) {
    var finishedAt = Objects.requireNonNullElse(run.finishedAt(), Instant.EPOCH);
    return switch (String.valueOf(run.outcome())) {
      case StatusText.SUCCEEDED -> new RecordedRun.Result.Succeeded(finishedAt);
      case StatusText.RUNNING -> new RecordedRun.Result.Running();
      default -> new RecordedRun.Result.Failed(finishedAt, failure(run.failure()));
    };
  }

  private static Failure failure(LastRun.@Nullable RunFailure failure) {
    if (failure == null) {
      return Failure.of(Reason.RUNNER_FAILED, "The run failed", "");
    }
    return new Failure(
        Optional.ofNullable(failure.reason()).flatMap(Reason::of).orElse(Reason.RUNNER_FAILED),
        Objects.requireNonNullElse(failure.message(), ""),
        Objects.requireNonNullElse(failure.remedy(), ""),
        Optional.ofNullable(failure.version()),
        Optional.ofNullable(failure.file()),
        position(failure),
        Optional.ofNullable(failure.code()));
  }

  private static Optional<SourcePosition> position(LastRun.RunFailure failure) {
    return failure.file() == null || failure.line() == null || failure.column() == null
        ? Optional.empty()
        : Optional.of(new SourcePosition(failure.file(), failure.line(), failure.column()));
  }
}
