package dev.dbmigration.runner;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dbmigration.model.Checksum;
import dev.dbmigration.model.HistoryEntry;
import dev.dbmigration.model.Migration;
import dev.dbmigration.model.MigrationKey;
import dev.dbmigration.model.Reason;
import dev.dbmigration.model.Version;
import dev.dbmigration.runner.dialect.History.Unfinished;
import dev.dbmigration.runner.dialect.NewEntry;
import dev.dbmigration.sql.Placeholders;
import dev.dbmigration.sql.PostgresScripts;
import dev.dbmigration.sql.Script.Segment;
import dev.dbmigration.sql.ScriptReading;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SegmentedMigrationTest {

  private static final String FILE = "V1__index.sql";
  private static final String TEXT =
      """
      CREATE TABLE a (id int);
      CREATE TABLE b (id int);
      CREATE INDEX CONCURRENTLY a_id ON a (id);
      CREATE TABLE c (id int);
      """;

  private final FakeRun run = new FakeRun().with(FILE, TEXT);

  @Test
  void runsOnePartAfterTheOther() {
    assertThat(run.appliedNow()).isEqualTo(1);
    assertThat(run.target.calls)
        .containsSubsequence("begin 1", "run 1 part 0", "run 1 part 1", "run 1 part 2", "finish 1");
  }

  @Test
  void saysWhichStatementsStayWhenAPartFails() {
    run.target.succeedNext();
    run.target.succeedNext();
    run.target.failNext(Reason.MIGRATION_FAILED, "could not create unique index \"a_id\"");

    var failure = run.failure();

    assertThat(failure.reason()).isEqualTo(Reason.PARTIALLY_APPLIED);
    assertThat(failure.message())
        .isEqualTo(
            "could not create unique index \"a_id\". Statements 1 to 2 of 4 of this migration are"
                + " applied and recorded; the next run goes on after that.");
    assertThat(failure.remedy()).contains("from statement 3 on");
    assertThat(failure.file()).contains(FILE);
  }

  @Test
  void isAnOrdinaryFailureWhenTheFirstPartFails() {
    run.target.succeedNext();
    run.target.failNext(Reason.MIGRATION_FAILED, "no");

    assertThat(run.failure().reason()).isEqualTo(Reason.MIGRATION_FAILED);
  }

  @Test
  void saysWhichStatementsAreUnknownWhenTheCommitOfAPartIs() {
    run.target.onStep = () -> run.stop.request(Reason.INTERRUPTED);
    run.target.succeedNext();
    run.target.loseTheNextCommit();

    var failure = run.failure();

    assertThat(failure.reason()).isEqualTo(Reason.CONNECTION_LOST);
    assertThat(failure.message())
        .isEqualTo(
            "The connection broke during a commit and did not come back: statements 1 to 2 of 4 of"
                + " this migration are applied and recorded, or none of them is.");
    assertThat(failure.file()).contains(FILE);
  }

  @Test
  void saysWhatIsCertainBesidesAPartThatIsUnknown() {
    succeed("begin", "part 0", "part 1");
    run.target.loseTheNextCommit();

    assertThat(run.failure().message())
        .isEqualTo(
            "The connection broke during a commit and did not come back: statement 4 of 4 of this"
                + " migration is applied and recorded, or is not. Statements 1 to 3 of 4 of this"
                + " migration are applied and recorded; the next run goes on after that.");
  }

  @Test
  void saysThatAllIsAppliedWhenOnlyTheEntryIsUnknown() {
    succeed("begin", "part 0", "part 1", "part 2");
    run.target.loseTheNextCommit();

    assertThat(run.failure().message())
        .isEqualTo(
            "The connection broke during a commit and did not come back: whether the entry of this"
                + " migration in the history is complete, the next run sees. Statements 1 to 4 of 4"
                + " of this migration are applied and recorded; the next run goes on after that.");
  }

  @Test
  void isCertainThatNothingIsAppliedWhenItsBeginningIsUnknown() {
    run.target.onStep = () -> run.stop.request(Reason.INTERRUPTED);
    run.target.loseTheNextCommit();

    var failure = run.failure();

    assertThat(failure.reason()).isEqualTo(Reason.INTERRUPTED);
    assertThat(failure.message()).endsWith("Nothing of this migration is applied.");
  }

  /** The server may have built it before it heard of the request. */
  @Test
  void claimsNothingOfAnIndexThatIsBuiltWhenItIsToldToStop() {
    run.target.onStep = () -> run.stop.request(Reason.INTERRUPTED);
    succeed("begin", "part 0");
    run.target.failNext(Reason.INTERRUPTED, "canceling statement due to user request");

    assertThat(run.failure().message())
        .endsWith(
            "Statements 1 to 2 of 4 of this migration are applied and recorded; what became of the"
                + " index of statement 3, the next run sees in the database.");
  }

  @Test
  void doesNotSayThatNothingIsAppliedWhenItBeginsWithAnIndex() {
    run.with(FILE, "CREATE INDEX CONCURRENTLY a_id ON a (id);");
    run.target.onStep = () -> run.stop.request(Reason.DEADLINE_EXCEEDED);
    succeed("begin");
    run.target.failNext(Reason.CONNECTION_LOST, "The connection was lost.");

    assertThat(run.failure().message())
        .endsWith(
            "Nothing of this migration is recorded; what became of the index of statement 1, the"
                + " next run sees in the database.");
  }

  @Test
  void keepsADoubtThoughItWasToldToStop() {
    run.target.onStep = () -> run.stop.request(Reason.INTERRUPTED);
    succeed("begin", "part 0");
    run.target.failNext(Reason.IN_DOUBT, "It was executed, and could not be recorded.");

    var failure = run.failure();

    assertThat(failure.reason()).isEqualTo(Reason.IN_DOUBT);
    assertThat(failure.message()).startsWith("It was executed, and could not be recorded.");
  }

  private void succeed(String... steps) {
    for (var _ : steps) {
      run.target.succeedNext();
    }
  }

  @Test
  void saysWhichStatementIsInDoubtAndWhy() {
    succeed("begin", "part 0");
    run.target.failNext(Reason.IN_DOUBT, "The statement was executed, but nobody knows.");

    var failure = run.failure();

    assertThat(failure.reason()).isEqualTo(Reason.IN_DOUBT);
    assertThat(failure.message())
        .isEqualTo(
            "The statement was executed, but nobody knows. It is statement 3 of migration 1; the"
                + " next run cannot see whether it took effect.");
    assertThat(failure.remedy()).contains("so that it may run again");
  }

  @Test
  void goesOnAfterTheFinishedParts() {
    run.target.unfinished = Optional.of(begun(TEXT, 1, false));

    assertThat(run.appliedNow()).isEqualTo(1);
    assertThat(run.target.calls)
        .containsSubsequence("run 1 part 1", "run 1 part 2", "finish 1")
        .doesNotContain("begin 1", "run 1 part 0");
  }

  @Test
  void goesOnWhenTheFileWasMendedBehindTheFinishedParts() {
    run.target.unfinished = Optional.of(begun(TEXT, 1, false));
    var mended = TEXT.replace("CONCURRENTLY a_id", "CONCURRENTLY a_id_2");

    assertThat(run.with(FILE, mended).appliedNow()).isEqualTo(1);
    assertThat(run.target.entries.getLast().checksum()).contains(Checksum.ofText(mended));
  }

  @Test
  void refusesWhenAFinishedPartWasChanged() {
    run.target.unfinished = Optional.of(begun(TEXT, 1, false));

    var failure = run.with(FILE, TEXT.replace("TABLE a (id", "TABLE a (no")).failure();

    assertThat(failure.reason()).isEqualTo(Reason.PARTIALLY_APPLIED);
    assertThat(run.target.calls).doesNotContain("run 1 part 1", "run 1 part 2", "finish 1");
  }

  @Test
  void refusesWhenItIsNotKnownWhetherAPartTookEffect() {
    run.target.unfinished = Optional.of(begun(TEXT, 1, true));

    var failure = run.failure();

    assertThat(failure.reason()).isEqualTo(Reason.IN_DOUBT);
    assertThat(failure.message()).contains("statement 3 of migration 1");
    assertThat(failure.position().orElseThrow()).hasToString("V1__index.sql:3:1");
    assertThat(run.target.calls).doesNotContain("run 1 part 1", "run 1 part 2", "finish 1");
  }

  @Test
  void takesAChangeOfTheDoubtfulPartAsItsSettlement() {
    run.target.unfinished = Optional.of(begun(TEXT, 1, true));
    var settled = TEXT.replace("CONCURRENTLY a_id", "CONCURRENTLY IF NOT EXISTS a_id");

    assertThat(run.with(FILE, settled).appliedNow()).isEqualTo(1);
    assertThat(run.target.calls).containsSubsequence("run 1 part 1", "finish 1");
  }

  @Test
  void doesNotTakeAnyOtherChangeForASettlement() {
    run.target.unfinished = Optional.of(begun(TEXT, 1, true));

    var failure = run.with(FILE, TEXT.replace("TABLE c", "TABLE d")).failure();

    assertThat(failure.reason()).isEqualTo(Reason.IN_DOUBT);
  }

  @Test
  void waitsForTheRunThatIsInTheMiddleBeforeItDoubts() {
    run.target.unfinished = Optional.of(begun(TEXT, 1, true));
    run.target.onLock =
        () -> {
          run.target.unfinished = Optional.empty();
          run.target.applied(new MigrationKey.Versioned(Version.parse("1")), FILE, TEXT);
        };

    assertThat(run.appliedNow()).isZero();
    assertThat(run.target.calls).containsSubsequence("open", "read", "lock", "read", "close");
  }

  private static Unfinished begun(String text, int finished, boolean inDoubt) {
    var migration =
        Migration.of(new MigrationKey.Versioned(Version.parse("1")), "index", FILE, text);
    var reading = (ScriptReading.Understood) PostgresScripts.read(migration, Placeholders.NONE);
    var entry =
        new NewEntry(
            1,
            Optional.empty(),
            HistoryEntry.Kind.APPLIED,
            migration.key(),
            "index",
            Optional.of(FILE),
            Optional.of(migration.checksum()),
            "shop/orders/1");
    var checksums =
        reading.script().segments().stream().limit(finished).map(Segment::checksum).toList();
    var doubtful = Optional.of(reading.script().segments().get(finished).checksum());
    return new Unfinished(entry, checksums, doubtful.filter(_ -> inDoubt));
  }
}
