package dev.dbmigration.runner;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dbmigration.model.Execution;
import dev.dbmigration.model.Reason;
import dev.dbmigration.report.RunContract;
import dev.dbmigration.support.Gate;
import dev.dbmigration.support.RunnerPod;
import dev.dbmigration.support.RunningRunner;
import dev.dbmigration.support.TestDatabase;
import dev.dbmigration.support.TestServer;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The runner as a process, when the application or the server is in its way. */
class RunnerLocksIT {

  private static final String LOCK_HISTORY = "LOCK TABLE dbmigration_history";
  private static final Duration ONE_MINUTE = Duration.ofMinutes(1);

  private final TestDatabase database = TestServer.shared().database();
  private final RunnerPod pod =
      RunnerPod.of(database).with("V1__orders.sql", "CREATE TABLE orders (id int);");

  @Test
  void givesWayToTheApplicationAndTriesAgain() {
    pod.run();
    pod.with("V2__note.sql", "ALTER TABLE orders ADD COLUMN note text;")
        .asking(asked -> asked.executing(impatient(1000)));
    RunningRunner runner;
    try (var _ = OpenTransaction.begin(database, "SELECT * FROM orders")) {
      runner = pod.start().untilItWrote("gave way to a lock");
    }

    assertThat(runner.finished().appliedNow()).isEqualTo(1);
  }

  @Test
  void saysThatTheApplicationHoldsALockForTooLong() {
    pod.run();
    pod.with("V2__note.sql", "ALTER TABLE orders ADD COLUMN note text;")
        .asking(asked -> asked.executing(impatient(1)));
    try (var _ = OpenTransaction.begin(database, "SELECT * FROM orders")) {
      var runner = pod.run();

      assertThat(runner.exitCode()).isEqualTo(21);
      assertThat(runner.failure().reason()).isEqualTo(Reason.LOCK_TIMEOUT);
      assertThat(runner.failure().code()).contains("55P03");
      assertThat(runner.failure().file()).contains("V2__note.sql");
      assertThat(database.applied()).isEqualTo(1);
    }
  }

  /** As when somebody rewrites the table, or forgot a transaction after it. */
  @Test
  void saysThatItWaitsForTheHistoryAndGoesOnWhenItIsFree() {
    pod.run();
    pod.with("V2__items.sql", "CREATE TABLE items (id int);");
    RunningRunner runner;
    try (var _ = OpenTransaction.begin(database, LOCK_HISTORY)) {
      runner = pod.start().untilItWrote("waiting for a lock on the history");
    }

    var finished = runner.finished();

    assertThat(finished.appliedNow()).isEqualTo(1);
    assertThat(finished.standardOutput())
        .contains("dbmigration_progress is held by PostgreSQL JDBC Driver (process ");
  }

  @Test
  void stopsAtASignalWhileItWaitsForTheHistory() {
    pod.run();
    pod.with("V2__items.sql", "CREATE TABLE items (id int);");
    try (var other = OpenTransaction.begin(database, LOCK_HISTORY)) {
      var stopped = pod.start().until(other::hasWaiter).terminate().finished();

      assertThat(stopped.exitCode()).isEqualTo(22);
      assertThat(stopped.failure().reason()).isEqualTo(Reason.INTERRUPTED);
      assertThat(stopped.failure().message())
          .isEqualTo(
              "The run was stopped by a signal: its pod was evicted, deleted, or the node drained."
                  + " Nothing of the migration that was next was executed.");
    }
  }

  @Test
  void stopsAtItsDeadlineWhileItWaitsToCreateTheHistory() {
    try (var other = OpenTransaction.begin(database, "CREATE TABLE dbmigration_history ()")) {
      pod.asking(asked -> asked.executing(endingAfter(Duration.ofSeconds(8))));

      var stopped = pod.start().until(other::hasWaiter).finished();

      assertThat(stopped.exitCode()).isEqualTo(22);
      assertThat(stopped.failure().reason()).isEqualTo(Reason.DEADLINE_EXCEEDED);
      assertThat(stopped.failure().message()).contains("Nothing").doesNotContain("in time");
    }
  }

  @Test
  void endsAStatementThatTakesTooLong() {
    var execution =
        new Execution(
            Duration.ofSeconds(5),
            Duration.ofMillis(300),
            0,
            Duration.ofSeconds(60),
            Duration.ZERO);
    pod.with("V2__slow.sql", "SELECT pg_sleep(600);").asking(asked -> asked.executing(execution));

    var runner = pod.run();

    assertThat(runner.exitCode()).isEqualTo(11);
    assertThat(runner.failure().reason()).isEqualTo(Reason.STATEMENT_TIMEOUT);
    assertThat(runner.failure().remedy()).contains("spec.execution.statementTimeout");
  }

  /** A server process that was stopped answers neither the statement nor the cancellation. */
  @Test
  void reportsWithinTheGracePeriodAlthoughTheServerDoesNotAnswer() throws Exception {
    pod.with("V2__gate.sql", Gate.PASS)
        .asking(asked -> asked.executing(Executions.PATIENT))
        .variable(RunContract.GRACE_PERIOD, "5");
    try (var gate = Gate.shut(database)) {
      var runner = pod.start().until(gate::hasWaiter);
      signal("STOP", gate.waiter());
      try {
        var stopped = runner.terminate().finished();

        assertThat(stopped.exitCode()).isEqualTo(22);
        assertThat(stopped.failure().reason()).isEqualTo(Reason.INTERRUPTED);
        assertThat(stopped.failure().message()).contains("did not answer in time");
        assertThat(stopped.report().history().orElseThrow().applied()).isEqualTo(1);
      } finally {
        signal("CONT", gate.waiter());
      }
    }
  }

  /** As when the network drops everything: the request to cancel is not answered either. */
  @Test
  void reportsWithinTheGracePeriodAlthoughTheWholeMachineDoesNotAnswer() throws Exception {
    try (var server = TestServer.start()) {
      var own = server.database();
      var its =
          RunnerPod.of(own)
              .with("V1__gate.sql", Gate.PASS)
              .asking(asked ->
                  asked.executing(Executions.PATIENT).connectingWithin(Duration.ofSeconds(120)))
              .variable(RunContract.GRACE_PERIOD, "5");
      try (var gate = Gate.shut(own)) {
        var runner = its.start().until(gate::hasWaiter);
        var processes = server.processes();
        signal("STOP", processes);
        try {
          long terminated = System.nanoTime();
          var stopped = runner.terminate().finished();

          assertThat(Duration.ofNanos(System.nanoTime() - terminated)).isLessThan(ONE_MINUTE);
          assertThat(stopped.exitCode()).isEqualTo(22);
          assertThat(stopped.failure().message()).contains("did not answer in time");
        } finally {
          signal("CONT", processes);
        }
      }
    }
  }

  private static void signal(String name, String... processes)
      throws IOException, InterruptedException {
    var command = new ArrayList<>(List.of("kill", "-" + name));
    command.addAll(List.of(processes));
    new ProcessBuilder(command).inheritIO().start().waitFor();
  }

  private static Execution endingAfter(Duration deadline) {
    return new Execution(Duration.ofSeconds(5), Duration.ZERO, 0, Duration.ofSeconds(60), deadline);
  }

  private static Execution impatient(int lockRetries) {
    return new Execution(
        Duration.ofMillis(200), Duration.ZERO, lockRetries, Duration.ofSeconds(60), Duration.ZERO);
  }
}
