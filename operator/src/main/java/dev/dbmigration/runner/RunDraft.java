package dev.dbmigration.runner;

import dev.dbmigration.model.Checksum;
import dev.dbmigration.model.Failure;
import dev.dbmigration.model.HistoryEntry;
import dev.dbmigration.model.Migration;
import dev.dbmigration.model.RunOutcome;
import dev.dbmigration.model.RunReport;
import dev.dbmigration.plan.HistoryView;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * A report while its run goes on: may be finished at any moment and by any thread, and then says
 * what is certain by then.
 */
final class RunDraft {

  private final int run;
  private final Clock clock;
  private final Instant startedAt;
  private final LinkedHashSet<String> warnings = new LinkedHashSet<>();
  private UnaryOperator<String> masking = UnaryOperator.identity();
  private Optional<String> target = Optional.empty();
  private Optional<Checksum> sourceDigest = Optional.empty();
  private List<Migration> source = List.of();
  private Optional<List<HistoryEntry>> history = Optional.empty();
  private int appliedNow;

  RunDraft(int run, Clock clock) {
    this.run = run;
    this.clock = clock;
    this.startedAt = clock.instant();
  }

  /** Every text of a failure and every warning passes through the function. */
  synchronized void masking(UnaryOperator<String> newMasking) {
    masking = newMasking;
  }

  synchronized void target(String name) {
    target = Optional.of(name);
  }

  synchronized void source(Checksum digest, List<Migration> migrations) {
    sourceDigest = Optional.of(digest);
    source = List.copyOf(migrations);
  }

  synchronized void history(List<HistoryEntry> entries) {
    history = Optional.of(List.copyOf(entries));
  }

  synchronized void warnings(List<String> more) {
    warnings.addAll(more);
  }

  /** A step is done and its entry committed. */
  synchronized void add(HistoryEntry entry) {
    var entries = new ArrayList<>(history.orElse(List.of()));
    entries.add(entry);
    history = Optional.of(List.copyOf(entries));
    switch (entry.kind()) {
      case APPLIED -> appliedNow++;
      case BASELINE -> {}
    }
  }

  synchronized RunReport succeeded() {
    return report(new RunOutcome.Succeeded(appliedNow));
  }

  synchronized RunReport failed(Failure failure) {
    var masked =
        new Failure(
            failure.reason(),
            masking.apply(failure.message()),
            masking.apply(failure.remedy()),
            failure.migration(),
            failure.file(),
            failure.position(),
            failure.code());
    return report(new RunOutcome.Failed(masked, appliedNow));
  }

  private RunReport report(RunOutcome outcome) {
    return new RunReport(
        run,
        startedAt,
        clock.instant(),
        outcome,
        target,
        sourceDigest,
        history.map(entries -> HistoryView.of(source, entries)),
        warnings.stream().limit(RunReport.NEWEST).map(masking).toList());
  }
}
