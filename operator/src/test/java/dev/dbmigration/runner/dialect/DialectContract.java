package dev.dbmigration.runner.dialect;

import static dev.dbmigration.runner.dialect.Steps.apply;
import static dev.dbmigration.runner.dialect.Steps.entry;
import static dev.dbmigration.runner.dialect.Steps.failureOf;
import static dev.dbmigration.runner.dialect.Steps.part;
import static dev.dbmigration.runner.dialect.Steps.single;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dbmigration.model.Checksum;
import dev.dbmigration.model.Execution;
import dev.dbmigration.model.HistoryEntry;
import dev.dbmigration.model.MigrationKey;
import dev.dbmigration.model.Reason;
import dev.dbmigration.model.SourcePosition;
import dev.dbmigration.model.Version;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What every dialect has to show, on an empty database of its own per test. */
public abstract class DialectContract {

  /** A new session with the test's database. */
  protected abstract Session open() throws TargetException;

  /** A statement that creates a table. */
  protected abstract String createTable(String name);

  /** Whether the test's database has this table. */
  protected abstract boolean hasTable(String name) throws Exception;

  @Test
  void readsAnEmptyHistoryWithoutCreatingAnything() throws Exception {
    try (var session = open()) {
      var snapshot = session.history().read();

      assertThat(snapshot.entries()).isEmpty();
      assertThat(snapshot.otherObjects()).isEmpty();
      assertThat(snapshot.damagedAt()).isEmpty();
      assertThat(session.history().read().otherObjects()).isEmpty();
    }
  }

  @Test
  void createsTheHistoryOnceHoweverOftenItIsAsked() throws Exception {
    try (var session = open()) {
      session.history().create();
      session.history().create();

      assertThat(session.history().read().otherObjects()).isEmpty();
    }
  }

  @Test
  void namesWhatElseTheDatabaseHolds() throws Exception {
    try (var session = open()) {
      session.history().create();
      apply(session, entry(1, Optional.empty(), "1"), createTable("orders"));

      assertThat(session.history().read().otherObjects()).contains("table orders");
    }
  }

  @Test
  void appliesAMigrationAndItsEntryTogether() throws Exception {
    try (var session = open()) {
      session.history().create();

      var applied = apply(session, entry(1, Optional.empty(), "1"), createTable("orders"));

      assertThat(hasTable("orders")).isTrue();
      assertThat(session.history().read().entries()).containsExactly(applied);
      assertThat(session.history().read().damagedAt()).isEmpty();
    }
  }

  @Test
  void keepsNothingOfAMigrationThatFails() throws Exception {
    try (var session = open()) {
      session.history().create();

      var failure =
          failureOf(() ->
              apply(
                  session,
                  entry(1, Optional.empty(), "1"),
                  createTable("orders"),
                  "SELECT * FROM nowhere"));

      assertThat(failure.reason()).isEqualTo(Reason.MIGRATION_FAILED);
      assertThat(failure.position()).contains(new SourcePosition("V1__a.sql", 2, 15));
      assertThat(hasTable("orders")).isFalse();
      assertThat(session.history().read().entries()).isEmpty();
    }
  }

  @Test
  void continuesAfterAFailure() throws Exception {
    try (var session = open()) {
      session.history().create();
      assertThatThrownBy(() -> apply(session, entry(1, Optional.empty(), "1"), "NONSENSE"))
          .isInstanceOf(StepException.class);

      var applied = apply(session, entry(1, Optional.empty(), "1"), createTable("orders"));

      assertThat(session.history().read().entries()).containsExactly(applied);
    }
  }

  @Test
  void letsOnlyOneRunWriteAnEntry() throws Exception {
    try (var first = open();
        var second = open()) {
      first.history().create();
      apply(first, entry(1, Optional.empty(), "1"), createTable("orders"));

      var failure =
          failureOf(() -> apply(second, entry(1, Optional.empty(), "1"), createTable("customers")));

      assertThat(failure.reason()).isEqualTo(Reason.LOCK_NOT_OBTAINED);
      assertThat(hasTable("customers")).isFalse();
    }
  }

  @Test
  void recordsABaselineWithoutExecutingAnything() throws Exception {
    try (var session = open()) {
      session.history().create();

      var recorded =
          session
              .execution()
              .record(
                  new NewEntry(
                      1,
                      Optional.empty(),
                      HistoryEntry.Kind.BASELINE,
                      new MigrationKey.Versioned(Version.parse("5")),
                      "baseline",
                      Optional.empty(),
                      Optional.empty(),
                      "shop/orders/1"));

      assertThat(session.history().read().entries()).containsExactly(recorded);
    }
  }

  @Test
  void givesTheLockToOneRunAtATime() throws Exception {
    try (var first = open();
        var second = open()) {
      assertThat(first.lock().tryAcquire()).isTrue();
      assertThat(first.lock().isHeld()).isTrue();
      assertThat(second.lock().tryAcquire()).isFalse();
      assertThat(second.lock().isHeld()).isFalse();
      assertThat(second.lock().holder().orElseThrow()).contains("contract");

      first.lock().release();

      assertThat(second.lock().tryAcquire()).isTrue();
    }
  }

  @Test
  void givesTheLockBackWhenTheSessionIsClosed() throws Exception {
    try (var first = open()) {
      first.lock().tryAcquire();
    }

    try (var second = open()) {
      assertThat(second.lock().tryAcquire()).isTrue();
    }
  }

  @Test
  void appliesAMigrationInPartsAndTurnsItIntoAnEntry() throws Exception {
    var entry = entry(1, Optional.empty(), "1");
    try (var session = open()) {
      session.history().create();

      session.execution().begin(entry);
      session.execution().run(entry, 0, part(createTable("a")), Execution.DEFAULT);
      session.execution().run(entry, 1, single(createTable("b")), Execution.DEFAULT);
      var applied = session.execution().finish(entry);

      assertThat(hasTable("a")).isTrue();
      assertThat(hasTable("b")).isTrue();
      assertThat(session.history().read().entries()).containsExactly(applied);
      assertThat(session.history().read().unfinished()).isEmpty();
      assertThat(session.history().read().damagedAt()).isEmpty();
    }
  }

  @Test
  void remembersHowFarAMigrationCame() throws Exception {
    var entry = entry(1, Optional.empty(), "1");
    try (var session = open()) {
      session.history().create();
      session.execution().begin(entry);
      session.execution().run(entry, 0, part(createTable("a")), Execution.DEFAULT);
      assertThatThrownBy(
              () -> session.execution().run(entry, 1, single("NONSENSE"), Execution.DEFAULT))
          .isInstanceOf(StepException.class);
    }

    try (var session = open()) {
      var snapshot = session.history().read();

      assertThat(snapshot.entries()).isEmpty();
      assertThat(snapshot.unfinished())
          .contains(
              new History.Unfinished(
                  entry, List.of(part(createTable("a")).checksum()), Optional.empty()));
    }
  }

  @Test
  void goesOnWithAMigrationInPartsThatWasMended() throws Exception {
    var begun = entry(1, Optional.empty(), "1");
    var mended =
        new NewEntry(
            1,
            Optional.empty(),
            begun.kind(),
            begun.key(),
            "mended",
            begun.file(),
            Optional.of(Checksum.ofText("mended")),
            "shop/orders/2");
    try (var session = open()) {
      session.history().create();
      session.execution().begin(begun);
      session.execution().run(begun, 0, part(createTable("a")), Execution.DEFAULT);
    }

    try (var session = open()) {
      session.execution().run(mended, 1, single(createTable("b")), Execution.DEFAULT);
      var applied = session.execution().finish(mended);

      assertThat(applied.hash()).isEqualTo(mended.hash());
      assertThat(session.history().read().entries()).containsExactly(applied);
      assertThat(session.history().read().damagedAt()).isEmpty();
    }
  }

  @Test
  void letsOnlyOneRunBeginAMigrationInParts() throws Exception {
    var entry = entry(1, Optional.empty(), "1");
    try (var first = open();
        var second = open()) {
      first.history().create();
      first.execution().begin(entry);

      assertThat(failureOf(() -> second.execution().begin(entry)).reason())
          .isEqualTo(Reason.LOCK_NOT_OBTAINED);
      assertThat(failureOf(() -> apply(second, entry, createTable("a"))).reason())
          .isEqualTo(Reason.LOCK_NOT_OBTAINED);
      assertThat(hasTable("a")).isFalse();
    }
  }

  @Test
  void refusesToCarryOutAPartTwice() throws Exception {
    var entry = entry(1, Optional.empty(), "1");
    try (var session = open()) {
      session.history().create();
      session.execution().begin(entry);
      session.execution().run(entry, 0, part(createTable("a")), Execution.DEFAULT);

      assertThat(
              failureOf(() ->
                      session.execution().run(entry, 0, part(createTable("b")), Execution.DEFAULT))
                  .reason())
          .isEqualTo(Reason.LOCK_NOT_OBTAINED);
      assertThat(hasTable("b")).isFalse();
    }
  }
}
