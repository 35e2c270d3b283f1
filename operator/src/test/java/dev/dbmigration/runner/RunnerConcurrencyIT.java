package dev.dbmigration.runner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.dbmigration.model.Execution;
import dev.dbmigration.model.Reason;
import dev.dbmigration.model.RunOutcome;
import dev.dbmigration.model.RunReport;
import dev.dbmigration.report.RunContract;
import dev.dbmigration.runner.dialect.postgresql.PostgresDialect;
import dev.dbmigration.sql.PostgresScripts;
import dev.dbmigration.support.Gate;
import dev.dbmigration.support.MountedFolders;
import dev.dbmigration.support.Requests;
import dev.dbmigration.support.RunnerPod;
import dev.dbmigration.support.RunningRunner;
import dev.dbmigration.support.TestDatabase;
import dev.dbmigration.support.TestServer;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Several runs on one target. */
class RunnerConcurrencyIT {

  private static final String LOG = "CREATE TABLE log (entry text);";
  private static final String ENTRY = "INSERT INTO log VALUES ('once');";

  private static final String FENCED =
      "SELECT count(*) FROM pg_locks JOIN pg_stat_activity USING (pid) WHERE locktype ="
          + " 'transactionid' AND NOT granted AND datname = current_database()";

  private final TestDatabase database = TestServer.shared().database();

  @Test
  void letsTheSecondRunWaitAndFindNothingLeftToDo() {
    var pod =
        RunnerPod.of(database)
            .asking(asked -> asked.executing(Executions.PATIENT))
            .with("V1__log.sql", LOG)
            .with("V2__entry.sql", Gate.PASS + ENTRY);
    RunningRunner first;
    RunningRunner second;
    try (var gate = Gate.shut(database)) {
      first = pod.start().until(gate::hasWaiter);
      second = pod.start().untilItWrote("waiting for the run lock");
      assertThat(second.process().isAlive()).isTrue();
    }

    assertThat(first.finished().appliedNow()).isEqualTo(2);
    assertThat(second.finished().appliedNow()).isZero();
    assertThat(database.query("SELECT count(*) FROM log")).isEqualTo("1");
  }

  @Test
  void namesTheHolderWhenItDoesNotWaitLongEnough() {
    var pod =
        RunnerPod.of(database)
            .asking(asked -> asked.executing(Executions.PATIENT))
            .with("V1__log.sql", Gate.PASS + LOG);
    try (var gate = Gate.shut(database)) {
      var first = pod.start().until(gate::hasWaiter);
      var impatient =
          new Execution(
              Duration.ofSeconds(5), Duration.ZERO, 0, Duration.ofSeconds(1), Duration.ZERO);
      pod.asking(asked -> asked.executing(impatient));

      var second = pod.run();

      assertThat(second.exitCode()).isEqualTo(21);
      assertThat(second.failure().reason()).isEqualTo(Reason.LOCK_NOT_OBTAINED);
      assertThat(second.failure().message()).contains("dbmigration/shop/orders/");
      first.kill();
    }
  }

  @Test
  void appliesEverythingOnceEvenWithoutTheRunLock() {
    var files = new HashMap<>(Map.of("V1__log.sql", LOG));
    for (int version = 2; version <= 21; version++) {
      files.put("V" + version + "__entry.sql", ENTRY);
    }
    var folders = folders(files);
    var runs = IntStream.rangeClosed(1, 4).mapToObj(number -> start(folders, number)).toList();

    var reports = runs.stream().map(CompletableFuture::join).toList();

    assertThat(database.query("SELECT count(*) FROM log")).isEqualTo("20");
    assertThat(database.applied()).isEqualTo(21);
    assertThat(reports).extracting(RunnerConcurrencyIT::applied).satisfies(this::sumsUp);
  }

  @Test
  void makesTheSlowerRunFailBeforeItExecutesAnything() {
    var folders = folders(Map.of("V1__log.sql", LOG, "V2__entry.sql", ENTRY + Gate.PASS));
    runWithoutLock(folders(Map.of("V1__log.sql", LOG)), 1);
    List<CompletableFuture<RunReport>> runs;
    try (var gate = Gate.shut(database)) {
      runs = Stream.of(2, 3).map(number -> start(folders, number)).toList();
      await()
          .atMost(Duration.ofSeconds(120))
          .until(() -> gate.hasWaiter() && !database.query(FENCED).equals("0"));
    }

    var reports = runs.stream().map(CompletableFuture::join).toList();

    assertThat(database.query("SELECT count(*) FROM log")).isEqualTo("1");
    assertThat(reports).extracting(RunnerConcurrencyIT::applied).containsExactlyInAnyOrder(1, 0);
    assertThat(reports)
        .extracting(report -> reason(report))
        .containsExactlyInAnyOrder(Optional.empty(), Optional.of(Reason.LOCK_NOT_OBTAINED));
  }

  /** The slower ones fail, or cannot know what becomes of the statement that another executes. */
  @Test
  void executesEachPartOnceEvenWithoutTheRunLock() {
    var parts = ENTRY + "VACUUM log;" + ENTRY + "VACUUM (ANALYZE) log;" + ENTRY;
    runWithoutLock(folders(Map.of("V1__log.sql", LOG)), 1);
    var folders = folders(Map.of("V1__log.sql", LOG, "V2__parts.sql", parts));
    var runs = IntStream.rangeClosed(2, 5).mapToObj(number -> start(folders, number)).toList();

    var reports = runs.stream().map(CompletableFuture::join).toList();

    assertThat(reports)
        .extracting(report -> reason(report))
        .contains(Optional.empty())
        .isSubsetOf(
            Optional.empty(), Optional.of(Reason.LOCK_NOT_OBTAINED), Optional.of(Reason.IN_DOUBT));
    assertThat(reports.stream().mapToInt(RunnerConcurrencyIT::applied).sum()).isEqualTo(1);
    assertThat(database.query("SELECT count(*) FROM log")).isEqualTo("3");
    assertThat(database.applied()).isEqualTo(2);
    assertThat(database.query("SELECT count(*) FROM dbmigration_progress")).isEqualTo("0");
  }

  private static Optional<Reason> reason(RunReport report) {
    return switch (report.outcome()) {
      case RunOutcome.Succeeded _ -> Optional.empty();
      case RunOutcome.Failed(var failure, _) -> Optional.of(failure.reason());
    };
  }

  private void sumsUp(List<? extends Integer> applied) {
    assertThat(applied.stream().mapToInt(Integer::intValue).sum()).isEqualTo(21);
  }

  private MountedFolders folders(Map<String, String> files) {
    var folders = MountedFolders.create();
    folders.add(RunContract.TARGET_FOLDER, database.secret());
    folders.add(RunContract.SOURCE_FOLDER + "/0", files);
    return folders;
  }

  private static CompletableFuture<RunReport> start(MountedFolders folders, int number) {
    return CompletableFuture.supplyAsync(
        () -> runWithoutLock(folders, number), task -> Thread.ofPlatform().start(task));
  }

  /** A run that is as good as its fence: nothing but the history keeps it from repeating. */
  private static RunReport runWithoutLock(MountedFolders folders, int number) {
    var request = Requests.plain().numbered(number).executing(Executions.PATIENT).request();
    var work = MountedFolders.create();
    for (var mounted : List.of(RunContract.TARGET_FOLDER, RunContract.SOURCE_FOLDER)) {
      work.link(mounted, folders);
    }
    var settings = new RunnerSettings(request, work.root(), true, Duration.ofSeconds(60));
    var draft = new RunDraft(number, Clock.systemUTC());
    var dialect = new UnlockedDialect(new PostgresDialect());
    return new MigrationRun(settings, dialect, PostgresScripts::read, draft, new StopRequest())
        .run(_ -> {});
  }

  private static int applied(RunReport report) {
    return switch (report.outcome()) {
      case RunOutcome.Succeeded(int applied) -> applied;
      case RunOutcome.Failed(_, int applied) -> applied;
    };
  }
}
