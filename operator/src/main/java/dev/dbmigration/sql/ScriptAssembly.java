package dev.dbmigration.sql;

import dev.dbmigration.model.Finding;
import dev.dbmigration.sql.Script.Segment;
import dev.dbmigration.sql.Statement.Kind;
import dev.dbmigration.sql.StatementSplitter.Splitting;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Arranges the statements of a text in segments. */
final class ScriptAssembly {

  private static final String SETTING = "SET TRANSACTION ";

  private final ResolvedText text;
  private final List<RawStatement> all;
  private final boolean isEnclosed;

  private ScriptAssembly(ResolvedText text, List<RawStatement> all) {
    this.text = text;
    this.all = all;
    this.isEnclosed = TransactionControl.encloses(all);
  }

  static ScriptReading of(ResolvedText text, Splitting splitting) {
    var assembly = new ScriptAssembly(text, splitting.statements());
    var findings = assembly.findings();
    return findings.isEmpty()
        ? new ScriptReading.Understood(
            new Script(assembly.segments()), assembly.notes(splitting.ignoredCommands()))
        : new ScriptReading.Refused(findings);
  }

  /** The statements without the pair that encloses them. */
  private List<RawStatement> inner() {
    return isEnclosed ? all.subList(1, all.size() - 1) : all;
  }

  private List<Finding> findings() {
    if (inner().isEmpty()) {
      return List.of(
          text.unreadable(
              new Problem(
                  all.getFirst().start(),
                  "Between BEGIN and COMMIT stands no statement.",
                  "Write at least one statement, or delete the file.")));
    }
    var enclosing = isEnclosed ? readOnly(all.getFirst()) : Optional.<Finding>empty();
    return Stream.concat(enclosing.stream(), inner().stream().flatMap(this::findings)).toList();
  }

  private Stream<Finding> findings(RawStatement statement) {
    return Stream.of(TransactionControl.refusal(statement, text), notInTransaction(statement))
        .flatMap(Optional::stream);
  }

  private Optional<Finding> notInTransaction(RawStatement statement) {
    return switch (StatementKinds.of(statement.phrase())) {
      case TRANSACTIONAL -> Optional.empty();
      case TRANSACTION_SETTING -> readOnly(statement);
      case NON_TRANSACTIONAL, CONCURRENT_INDEX ->
          isEnclosed
              ? Optional.of(
                  new Finding.TransactionControl(
                      text.key(),
                      text.positionOf(statement.start()),
                      "This statement cannot run in a transaction, but BEGIN and COMMIT enclose"
                          + " it.",
                      "Remove BEGIN and COMMIT: the statement is then executed outside a"
                          + " transaction by itself."))
              : Optional.empty();
    };
  }

  private Optional<Finding> readOnly(RawStatement statement) {
    return statement.phrase().contains("READ", "ONLY")
        ? Optional.of(
            new Finding.TransactionControl(
                text.key(),
                text.positionOf(statement.start()),
                "This makes the transaction read-only, and then the history cannot be written.",
                "Remove READ ONLY."))
        : Optional.empty();
  }

  private List<Segment> segments() {
    var statements = Stream.concat(enclosingModes(), inner().stream().map(this::statement));
    var segments = new ArrayList<Segment>();
    var open = new ArrayList<Statement>();
    for (var statement : statements.toList()) {
      switch (statement.kind()) {
        case TRANSACTIONAL, TRANSACTION_SETTING -> open.add(statement);
        case NON_TRANSACTIONAL, CONCURRENT_INDEX -> {
          close(open, segments);
          segments.add(new Segment.Single(statement));
        }
      }
    }
    close(open, segments);
    return segments;
  }

  /** Ends a transaction; what sets it up comes first, as the server demands. */
  private static void close(List<Statement> open, List<Segment> segments) {
    if (!open.isEmpty()) {
      open.sort(Comparator.comparing(statement -> statement.kind() != Kind.TRANSACTION_SETTING));
      segments.add(new Segment.Transaction(open));
      open.clear();
    }
  }

  private Statement statement(RawStatement raw) {
    int start = raw.start();
    return new Statement(
        text.text().substring(start, raw.end()),
        index -> text.positionOf(start + index),
        StatementKinds.of(raw.phrase()),
        raw.copyData().map(data -> data.in(text.text())));
  }

  /** What a dropped BEGIN says about its transaction, as a statement of its own. */
  private Stream<Statement> enclosingModes() {
    return isEnclosed
        ? TransactionControl.modes(all.getFirst()).map(this::setting).stream()
        : Stream.empty();
  }

  private Statement setting(Token firstMode) {
    int start = firstMode.start();
    return new Statement(
        SETTING + text.text().substring(start, all.getFirst().end()),
        index -> text.positionOf(start + Math.max(0, index - SETTING.length())),
        Kind.TRANSACTION_SETTING,
        Optional.empty());
  }

  private List<String> notes(List<Token> ignoredCommands) {
    var notes = new ArrayList<String>();
    if (isEnclosed) {
      notes.add(
          text.positionOf(all.getFirst().start())
              + ": BEGIN and COMMIT around the whole file are left out: the migration runs in a"
              + " transaction anyway.");
    }
    if (!ignoredCommands.isEmpty()) {
      notes.add(
          text.positionOf(ignoredCommands.getFirst().start())
              + ": commands to psql without effect on the target are ignored ("
              + ignoredCommands.size()
              + " in this file).");
    }
    return notes;
  }
}
