package dev.dbmigration.runner;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dbmigration.model.Execution;
import dev.dbmigration.model.Reason;
import dev.dbmigration.support.Gate;
import dev.dbmigration.support.RunnerPod;
import dev.dbmigration.support.RunningRunner;
import dev.dbmigration.support.TestDatabase;
import dev.dbmigration.support.TestServer;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** The runner as a process that is killed, stopped, or loses its server. */
class RunnerInterruptionIT {

  private static final String SLEEPING =
      "SELECT count(*) > 0 FROM pg_stat_activity WHERE query LIKE '%pg_sleep%' AND pid <>"
          + " pg_backend_pid() AND datname = current_database() AND state = 'active'";
  private static final String COMMITTING =
      "SELECT count(*) > 0 FROM pg_stat_activity WHERE wait_event = 'SyncRep'";
  private static final String RUN_LOCKS =
      "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND database = (SELECT oid FROM"
          + " pg_database WHERE datname = current_database())";

  private static final String END_LOCK_SESSION =
      "SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory' AND objsubid = 2"
          + " AND mode = 'ExclusiveLock' AND granted AND database = (SELECT oid FROM pg_database"
          + " WHERE datname = current_database())";

  private final TestDatabase database = TestServer.shared().database();
  private final RunnerPod pod =
      RunnerPod.of(database)
          .with("V1__a.sql", "CREATE TABLE a (id int);")
          .with("V2__b.sql", "CREATE TABLE b (id int); SELECT pg_sleep(600);")
          .with("V3__c.sql", "CREATE TABLE c (id int);");

  @Test
  void goesOnAfterBeingKilledInAMigration() {
    var killed = sleepingIn(database, pod.start()).kill();

    assertThat(killed.terminationMessage()).isEmpty();
    assertThat(pod.with("V2__b.sql", "CREATE TABLE b (id int);").run().appliedNow()).isEqualTo(2);
    assertThat(database.query("SELECT count(*) FROM dbmigration_history")).isEqualTo("3");
  }

  @Test
  void goesOnAfterBeingKilledBeforeTheFirstMigration() {
    var first = sleepingIn(database, pod.with("V1__a.sql", "SELECT pg_sleep(600);").start());
    pod.start().untilItWrote("waiting for the run lock").kill();
    first.kill();
    pod.with("V1__a.sql", "CREATE TABLE a (id int);").with("V2__b.sql", "CREATE TABLE b (id int);");

    assertThat(pod.run().appliedNow()).isEqualTo(3);
  }

  @Test
  void goesOnAfterBeingKilledBetweenMigrations() {
    pod.with("V2__b.sql", "CREATE TABLE b (id int);").with("V3__c.sql", "SELECT pg_sleep(600);");
    sleepingIn(database, pod.start()).kill();

    assertThat(pod.with("V3__c.sql", "CREATE TABLE c (id int);").run().appliedNow()).isEqualTo(1);
    assertThat(database.applied()).isEqualTo(3);
  }

  /** The server waits for a standby that never comes: the commit is done, its answer is not. */
  @Test
  void appliesNothingTwiceAfterBeingKilledBetweenTheLastCommitAndTheReport() {
    try (var server = TestServer.start()) {
      var own = server.database();
      server.execute("ALTER DATABASE %s SET synchronous_commit = on".formatted(own.name()));
      var its = RunnerPod.of(own).with("V1__a.sql", "CREATE TABLE a (id int);");
      assertThat(its.run().appliedNow()).isEqualTo(1);
      awaitStandby(server, "nobody");
      its.with("V2__b.sql", "CREATE TABLE b (id int);");

      var killed = its.start().until(() -> own.query(COMMITTING).equals("t")).kill();
      awaitStandby(server, "");

      assertThat(killed.terminationMessage()).isEmpty();
      assertThat(its.run().appliedNow()).isZero();
      assertThat(own.applied()).isEqualTo(2);
      assertThat(own.hasTable("b")).isTrue();
    }
  }

  private static void awaitStandby(TestServer server, String name) {
    server.execute("ALTER SYSTEM SET synchronous_standby_names = '%s'".formatted(name));
    server.execute("SELECT pg_reload_conf()");
  }

  @Test
  void stopsAtASignalAndLeavesNothingBehind() {
    var stopped = sleepingIn(database, pod.start()).terminate().finished();

    assertThat(stopped.exitCode()).isEqualTo(22);
    assertThat(stopped.failure().reason()).isEqualTo(Reason.INTERRUPTED);
    assertThat(stopped.failure().message()).contains("Migration 2 was rolled back");
    assertThat(stopped.failure().migration()).contains("2");
    assertThat(stopped.report().history().orElseThrow().applied()).isEqualTo(1);
    assertThat(database.hasTable("b")).isFalse();
    assertThat(database.query(RUN_LOCKS)).isEqualTo("0");
    assertThat(database.query(SLEEPING)).isEqualTo("f");
  }

  @Test
  void stopsAtItsDeadline() {
    var execution =
        new Execution(
            Duration.ofSeconds(5), Duration.ZERO, 0, Duration.ofSeconds(5), Duration.ofSeconds(10));

    var stopped = pod.asking(asked -> asked.executing(execution)).run();

    assertThat(stopped.exitCode()).isEqualTo(22);
    assertThat(stopped.failure().reason()).isEqualTo(Reason.DEADLINE_EXCEEDED);
    assertThat(stopped.failure().remedy()).contains("spec.execution.deadline");
    assertThat(database.hasTable("b")).isFalse();
    assertThat(database.query(RUN_LOCKS)).isEqualTo("0");
  }

  @Test
  void stopsAtASignalWhileItWaitsForTheLock() {
    var first = sleepingIn(database, pod.start());
    var second = pod.start().untilItWrote("waiting for the run lock");

    var stopped = second.terminate().finished();

    assertThat(stopped.exitCode()).isEqualTo(22);
    assertThat(stopped.failure().reason()).isEqualTo(Reason.INTERRUPTED);
    first.terminate().finished();
  }

  @Test
  void reportsThatTheServerWasRestartedAndGoesOnAfterwards() {
    try (var server = TestServer.start()) {
      var own = server.database();
      var its = RunnerPod.of(own).with("V1__a.sql", "CREATE TABLE a (id int);");
      its.with("V2__b.sql", "CREATE TABLE b (id int); SELECT pg_sleep(600);");
      var runner = sleepingIn(own, its.start());

      server.crash("query LIKE '%pg_sleep%' AND usename = '" + own.name() + "'");

      var lost = runner.finished();
      assertThat(lost.exitCode()).isEqualTo(20);
      assertThat(lost.failure().reason()).isEqualTo(Reason.CONNECTION_LOST);
      assertThat(lost.failure().migration()).contains("2");
      server.awaitReady();
      assertThat(its.with("V2__b.sql", "CREATE TABLE b (id int);").run().appliedNow()).isEqualTo(1);
      assertThat(own.applied()).isEqualTo(2);
    }
  }

  @Test
  void executesNothingMoreWhenTheLockIsLost() {
    var execution =
        new Execution(
            Duration.ofMinutes(5), Duration.ZERO, 0, Duration.ofSeconds(60), Duration.ZERO);
    pod.with("V2__b.sql", Gate.PASS).asking(asked -> asked.executing(execution));
    RunningRunner runner;
    try (var gate = Gate.shut(database)) {
      runner = pod.start().until(gate::hasPatientWaiter);
      database.query(END_LOCK_SESSION);
    }

    var failure = runner.finished().failure();

    assertThat(failure.reason()).isEqualTo(Reason.CONNECTION_LOST);
    assertThat(database.applied()).isEqualTo(2);
    assertThat(database.hasTable("c")).isFalse();
  }

  private static RunningRunner sleepingIn(TestDatabase database, RunningRunner runner) {
    return runner.until(() -> database.query(SLEEPING).equals("t"));
  }
}
