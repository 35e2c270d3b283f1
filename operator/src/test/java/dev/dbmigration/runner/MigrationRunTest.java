package dev.dbmigration.runner;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dbmigration.model.Execution;
import dev.dbmigration.model.MigrationKey.Versioned;
import dev.dbmigration.model.Policy;
import dev.dbmigration.model.Reason;
import dev.dbmigration.model.RunOutcome;
import dev.dbmigration.model.Version;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class MigrationRunTest {

  private static final String FIRST = "CREATE TABLE a (id int);";
  private static final String SECOND = "CREATE TABLE b (id int);";

  private final FakeRun run = new FakeRun().with("V1__a.sql", FIRST).with("V2__b.sql", SECOND);

  @Test
  void locksBeforeItWritesAndReadsAgainUnderTheLock() {
    int applied = run.appliedNow();

    assertThat(applied).isEqualTo(2);
    assertThat(run.target.calls)
        .containsExactly("open", "read", "lock", "create", "read", "apply 1", "apply 2", "close");
  }

  @Test
  void onlyReadsWhenNothingIsPending() {
    run.target.applied(version("1"), "V1__a.sql", FIRST);
    run.target.applied(version("2"), "V2__b.sql", SECOND);

    int applied = run.appliedNow();

    assertThat(applied).isZero();
    assertThat(run.target.calls).containsExactly("open", "read", "close");
  }

  @Test
  void createsNothingInASchemaThatIsNotItsOwn() {
    run.target.otherObjects.add("customers");

    var failure = run.failure();

    assertThat(failure.reason()).isEqualTo(Reason.TARGET_NOT_EMPTY);
    assertThat(failure.message()).contains("customers");
    assertThat(run.target.calls).containsExactly("open", "read", "close");
  }

  @Test
  void recordsABaselineFirst() {
    run.target.otherObjects.add("customers");
    run.asking(asked -> asked.allowing(new Policy(Optional.of(Version.parse("1")), false)));

    int applied = run.appliedNow();

    assertThat(applied).isEqualTo(1);
    assertThat(run.target.calls).containsSubsequence("create", "record 1", "apply 2");
  }

  @Test
  void leavesToTheOtherRunWhatItAppliedMeanwhile() {
    run.target.onLock = () -> run.target.applied(version("1"), "V1__a.sql", FIRST);

    int applied = run.appliedNow();

    assertThat(applied).isEqualTo(1);
    assertThat(run.target.calls).contains("apply 2").doesNotContain("apply 1");
  }

  @Test
  void readsEveryPendingScriptBeforeTheFirstStatement() {
    run.with("V3__c.sql", "SELECT 'unterminated");

    var failure = run.failure();

    assertThat(failure.reason()).isEqualTo(Reason.FILE_UNREADABLE);
    assertThat(failure.position().orElseThrow()).hasToString("V3__c.sql:1:8");
    assertThat(run.target.calls).containsExactly("open", "read", "close");
  }

  @Test
  void doesNotReadTheScriptsOfAppliedMigrations() {
    var text = "SELECT '${removed.from.the.specification}';";
    run.target.applied(version("0"), "V0__old.sql", text);

    assertThat(run.with("V0__old.sql", text).appliedNow()).isEqualTo(2);
  }

  @Test
  void namesTheHolderWhenTheLockIsNotObtained() {
    run.target.isLockFree = false;
    run.asking(asked -> asked.executing(execution(0, Duration.ofMillis(1500))));

    var failure = run.failure();

    assertThat(failure.reason()).isEqualTo(Reason.LOCK_NOT_OBTAINED);
    assertThat(failure.message())
        .isEqualTo(
            "The run lock of postgresql fake:5432/orders was not obtained within 1 s: it is held"
                + " by dbmigration/shop/other/7 since 3 s.");
    assertThat(run.target.calls).contains("lock").doesNotContain("create");
  }

  @Test
  void readsAgainWhenTheHistoryWasLocked() {
    run.target.lockedReads = 2;

    int applied = run.appliedNow();

    assertThat(applied).isEqualTo(2);
    assertThat(run.target.calls).startsWith("open", "read", "read", "read", "lock");
  }

  @Test
  void doesNotWaitForEverForAHistoryThatIsLocked() {
    run.target.lockedReads = Integer.MAX_VALUE;

    var failure = run.failure();

    assertThat(failure.reason()).isEqualTo(Reason.LOCK_TIMEOUT);
    assertThat(failure.message()).isEqualTo("It is locked.");
    assertThat(run.target.calls).containsExactly("open", "read", "read", "read", "close");
  }

  @Test
  void triesAgainWhenAStepGaveWayToALock() {
    run.target.failNext(Reason.LOCK_TIMEOUT, "canceling statement due to lock timeout");

    int applied = run.appliedNow();

    assertThat(applied).isEqualTo(2);
    assertThat(run.target.calls).containsSubsequence("apply 1", "apply 1", "apply 2");
  }

  @Test
  void givesUpAfterTheRetriesAndKeepsWhatIsApplied() {
    run.asking(asked -> asked.executing(execution(1, Duration.ofSeconds(60))));
    run.target.succeedNext();
    run.target.failNext(Reason.LOCK_TIMEOUT, "canceling statement due to lock timeout");
    run.target.failNext(Reason.LOCK_TIMEOUT, "canceling statement due to lock timeout");

    var report = run.run();

    var outcome = (RunOutcome.Failed) report.outcome();
    assertThat(outcome.failure().reason()).isEqualTo(Reason.LOCK_TIMEOUT);
    assertThat(outcome.failure().migration()).contains("2");
    assertThat(outcome.appliedNow()).isEqualTo(1);
    assertThat(report.history().orElseThrow().applied()).isEqualTo(1);
    assertThat(report.history().orElseThrow().pending()).isEqualTo(1);
  }

  /** Nothing is said of it that is not certain: the next run sees whether it was committed. */
  @Test
  void doesNotClaimARollbackOfACommitThatIsUnknownAlthoughItWasToldToStop() {
    run.target.onStep = () -> run.stop.request(Reason.INTERRUPTED);
    run.target.loseTheNextCommit();

    var failure = run.failure();

    assertThat(failure.reason()).isEqualTo(Reason.CONNECTION_LOST);
    assertThat(failure.message()).isEqualTo("It is applied and in the history, or neither.");
    assertThat(failure.migration()).contains("1");
  }

  @Test
  void doesNotClaimThatABaselineIsMissingWhoseCommitIsUnknown() {
    run.target.otherObjects.add("customers");
    run.asking(asked -> asked.allowing(new Policy(Optional.of(Version.parse("1")), false)));
    run.target.onStep = () -> run.stop.request(Reason.DEADLINE_EXCEEDED);
    run.target.loseTheNextCommit();

    var failure = run.failure();

    assertThat(failure.reason()).isEqualTo(Reason.CONNECTION_LOST);
    assertThat(failure.message()).isEqualTo("It is applied and in the history, or neither.");
  }

  @Test
  void stopsBetweenMigrations() {
    run.target.onLock = () -> run.stop.request(Reason.DEADLINE_EXCEEDED);

    var failure = run.failure();

    assertThat(failure.reason()).isEqualTo(Reason.DEADLINE_EXCEEDED);
    assertThat(failure.remedy()).contains("spec.execution.deadline");
    assertThat(run.target.calls).doesNotContain("apply 1").contains("close");
  }

  @Test
  void refusesAStandby() {
    run.target.isReadOnly = true;

    assertThat(run.failure().reason()).isEqualTo(Reason.TARGET_READ_ONLY);
    assertThat(run.target.calls).containsExactly("open", "close");
  }

  @Test
  void hidesSecretsInWhatTheDialectSays() {
    run.secretPlaceholder("apiToken", "tok-4711");
    run.target.failNext(Reason.MIGRATION_FAILED, "no such thing: tok-4711 or hunter2");

    var message = run.failure().message();

    assertThat(message).isEqualTo("no such thing: *** or ***");
  }

  @Test
  void namesThePlaceholderSecretThatIsMissing() {
    run.asking(asked -> asked.placeholdersFrom("orders-placeholders"));

    var failure = run.failure();

    assertThat(failure.reason()).isEqualTo(Reason.SECRET_NOT_FOUND);
    assertThat(failure.message()).contains("orders-placeholders");
    assertThat(run.target.calls).isEmpty();
  }

  @Test
  void reportsWhereTheTargetStands() {
    run.target.applied(version("1"), "V1__a.sql", FIRST);
    run.target.failNext(Reason.MIGRATION_FAILED, "no");

    var report = run.run();

    assertThat(report.target()).contains("postgresql fake:5432/orders");
    assertThat(report.sourceDigest()).isPresent();
    var history = report.history().orElseThrow();
    assertThat(history.currentVersion()).contains(Version.parse("1"));
    assertThat(history.head()).contains(run.target.entries.getLast().head());
    assertThat(history.next()).extracting("version").isEqualTo(List.of("2"));
  }

  private static Versioned version(String text) {
    return new Versioned(Version.parse(text));
  }

  private static Execution execution(int lockRetries, Duration waitForLock) {
    return new Execution(
        Duration.ofSeconds(5), Duration.ZERO, lockRetries, waitForLock, Duration.ZERO);
  }
}
