package dev.dbmigration.runner;

import dev.dbmigration.model.Execution;
import dev.dbmigration.model.Failure;
import dev.dbmigration.model.HistoryEntry;
import dev.dbmigration.model.Migration;
import dev.dbmigration.model.MigrationKey;
import dev.dbmigration.model.Reason;
import dev.dbmigration.runner.dialect.ConnectionSettings;
import dev.dbmigration.runner.dialect.Dialect;
import dev.dbmigration.runner.dialect.History;
import dev.dbmigration.runner.dialect.NewEntry;
import dev.dbmigration.runner.dialect.Session;
import dev.dbmigration.runner.dialect.StepException;
import dev.dbmigration.runner.dialect.StepExecution;
import dev.dbmigration.runner.dialect.TargetException;
import dev.dbmigration.runner.dialect.TargetLock;
import dev.dbmigration.sql.Script.Segment;
import dev.dbmigration.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/** A target in memory that writes down what is asked of it, and fails as it is told. */
final class FakeTarget implements Dialect, Session, History, TargetLock, StepExecution {

  final List<String> calls = new ArrayList<>();
  final List<HistoryEntry> entries = new ArrayList<>();
  final List<String> otherObjects = new ArrayList<>();

  /** What the next steps and segments do instead of succeeding. */
  final Deque<Optional<StepException>> failures = new ArrayDeque<>();

  /** How often the history cannot be read yet, because somebody has locked it. */
  int lockedReads;

  Optional<Unfinished> unfinished = Optional.empty();
  boolean isReadOnly;
  boolean isLockFree = true;
  Runnable onLock = () -> {};
  Runnable onStep = () -> {};

  /** What a step or segment meets, in the order of their calls. */
  void failNext(Reason reason, String message) {
    failures.add(Optional.of(exception(reason, message)));
  }

  /** The connection breaks during the commit and does not come back. */
  void loseTheNextCommit() {
    var lost = exception(Reason.CONNECTION_LOST, "It is applied and in the history, or neither.");
    failures.add(Optional.of(lost.withUnknownOutcome()));
  }

  private static StepException exception(Reason reason, String message) {
    var failure = Failure.of(reason, message, "remedy");
    return new StepException(failure, new IllegalStateException("driver"));
  }

  void succeedNext() {
    failures.add(Optional.empty());
  }

  @Override
  public Session open(ConnectionSettings settings) {
    calls.add("open");
    return this;
  }

  @Override
  public Facts facts() {
    return new Facts("postgresql fake:5432/orders", "18", Optional.of("public"), isReadOnly);
  }

  @Override
  public History history() {
    return this;
  }

  @Override
  public TargetLock lock() {
    return this;
  }

  @Override
  public StepExecution execution() {
    return this;
  }

  @Override
  public void cancel() {
    calls.add("cancel");
  }

  @Override
  public void close() {
    calls.add("close");
  }

  @Override
  public Snapshot read() throws TargetException {
    calls.add("read");
    if (lockedReads-- > 0) {
      throw new TargetException(Failure.of(Reason.LOCK_TIMEOUT, "It is locked.", "remedy"));
    }
    return new Snapshot(entries, otherObjects, unfinished, Optional.empty());
  }

  @Override
  public void create() {
    calls.add("create");
  }

  @Override
  public boolean tryAcquire() {
    calls.add("lock");
    onLock.run();
    return isLockFree;
  }

  @Override
  public boolean isHeld() {
    return true;
  }

  @Override
  public Optional<String> holder() {
    return Optional.of("dbmigration/shop/other/7 since 3 s");
  }

  @Override
  public void release() {
    calls.add("release");
  }

  @Override
  public HistoryEntry applyAtomically(
      NewEntry entry, List<Statement> statements, Execution settings) throws StepException {
    return step("apply " + entry.key().text(), entry);
  }

  @Override
  public void begin(NewEntry entry) throws StepException {
    meet("begin " + entry.key().text());
  }

  @Override
  public void run(NewEntry entry, int index, Segment segment, Execution settings)
      throws StepException {
    meet("run " + entry.key().text() + " part " + index);
  }

  @Override
  public HistoryEntry finish(NewEntry entry) throws StepException {
    return step("finish " + entry.key().text(), entry);
  }

  @Override
  public HistoryEntry record(NewEntry entry) throws StepException {
    return step("record " + entry.key().text(), entry);
  }

  /** What another run, or an earlier one, applied. */
  void applied(MigrationKey key, String file, String text) {
    var migration = Migration.of(key, "", file, text);
    entries.add(
        stored(
            new NewEntry(
                entries.size() + 1L,
                entries.isEmpty() ? Optional.empty() : Optional.of(entries.getLast().hash()),
                HistoryEntry.Kind.APPLIED,
                key,
                "",
                Optional.of(file),
                Optional.of(migration.checksum()),
                "shop/orders/1")));
  }

  private HistoryEntry step(String call, NewEntry entry) throws StepException {
    meet(call);
    entries.add(stored(entry));
    return entries.getLast();
  }

  private void meet(String call) throws StepException {
    calls.add(call);
    onStep.run();
    var failure = failures.isEmpty() ? Optional.<StepException>empty() : failures.remove();
    if (failure.isPresent()) {
      throw failure.get();
    }
  }

  private static HistoryEntry stored(NewEntry entry) {
    return new HistoryEntry(
        entry.sequence(),
        entry.kind(),
        entry.key(),
        entry.description(),
        entry.file(),
        entry.checksum(),
        Instant.EPOCH,
        Duration.ofMillis(5),
        entry.runId(),
        entry.hash());
  }
}
