package dev.dbmigration.runner;

import dev.dbmigration.model.Failure;
import dev.dbmigration.model.RunOutcome;
import dev.dbmigration.model.RunReport;
import dev.dbmigration.report.RunContract;
import dev.dbmigration.sql.PostgresScripts;
import dev.dbmigration.support.MountedFolders;
import dev.dbmigration.support.Requests;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.function.UnaryOperator;

/** A run against a {@link FakeTarget}, with real files and the real reader of scripts. */
final class FakeRun {

  final FakeTarget target = new FakeTarget();
  final StopRequest stop = new StopRequest();
  private final MountedFolders folders = MountedFolders.create();
  private Requests requests = Requests.plain();

  FakeRun() {
    folders.add(RunContract.SOURCE_FOLDER + "/0", Map.of());
    folders.add(RunContract.TARGET_FOLDER, Map.of("password", "hunter2"));
  }

  FakeRun with(String file, String text) {
    folders.add(RunContract.SOURCE_FOLDER + "/0", Map.of(file, text));
    return this;
  }

  FakeRun secretPlaceholder(String name, String value) {
    folders.add(RunContract.PLACEHOLDERS_FOLDER, Map.of(name, value));
    return this;
  }

  FakeRun asking(UnaryOperator<Requests> change) {
    requests = change.apply(requests);
    return this;
  }

  RunReport run() {
    var settings =
        new RunnerSettings(requests.request(), folders.root(), true, Duration.ofSeconds(60));
    var draft = new RunDraft(requests.run(), Clock.systemUTC());
    return new MigrationRun(settings, target, PostgresScripts::read, draft, stop).run(_ -> {});
  }

  Failure failure() {
    return switch (run().outcome()) {
      case RunOutcome.Failed(var failure, _) -> failure;
      case RunOutcome.Succeeded succeeded -> throw new AssertionError(succeeded);
    };
  }

  int appliedNow() {
    return switch (run().outcome()) {
      case RunOutcome.Succeeded(int applied) -> applied;
      case RunOutcome.Failed(var failure, _) -> throw new AssertionError(failure);
    };
  }
}
