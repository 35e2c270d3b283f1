package dev.dbmigration.sql;

import dev.dbmigration.sql.Token.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Cuts a text into statements as psql does. */
final class StatementSplitter {

  private final String text;
  private final PostgresLexer lexer;
  private final List<Token> tokens = new ArrayList<>();
  private final List<RawStatement> statements = new ArrayList<>();
  private final List<Token> ignoredCommands = new ArrayList<>();
  private final List<Problem> problems = new ArrayList<>();
  private Nesting current;

  private StatementSplitter(String text) {
    this.text = text;
    this.lexer = new PostgresLexer(text);
    this.current = new Nesting(text);
  }

  /**
   * What a text consists of.
   *
   * @param tokens all of them, without gaps
   * @param statements in the order of the text
   * @param ignoredCommands commands to psql that have no effect on the target
   * @param problems why the statements must not be executed; empty in general
   */
  record Splitting(
      List<Token> tokens,
      List<RawStatement> statements,
      List<Token> ignoredCommands,
      List<Problem> problems) {}

  static Splitting split(String text) {
    var splitter = new StatementSplitter(text);
    splitter.split();
    return new Splitting(
        List.copyOf(splitter.tokens),
        List.copyOf(splitter.statements),
        List.copyOf(splitter.ignoredCommands),
        List.copyOf(splitter.problems));
  }

  private void split() {
    int nul = text.indexOf('\0');
    if (nul >= 0) {
      problems.add(
          new Problem(nul, "A NUL character stands here.", "Save the file as text in UTF-8."));
    }
    for (var token = lexer.next(); token.isPresent(); token = lexer.next()) {
      tokens.add(token.get());
      take(token.get());
    }
    current.problem().ifPresent(problems::add);
    endStatement();
    if (statements.isEmpty() && problems.isEmpty()) {
      problems.add(
          new Problem(
              0,
              "The file has no statement.",
              "Write at least one statement, or delete the file."));
    }
  }

  private void take(Token token) {
    switch (token.kind()) {
      case WHITESPACE, LINE_COMMENT, BLOCK_COMMENT, COPY_LINE_END, COPY_DATA, COPY_TERMINATOR -> {}
      case WORD, QUOTED_IDENTIFIER, STRING, DOLLAR_STRING, NUMBER, PARAMETER -> current.add(token);
      case SYMBOL -> {
        if (text.charAt(token.start()) == ';' && !current.isOpen()) {
          endStatement();
        } else {
          current.add(token);
        }
      }
      case PSQL_COMMAND ->
          PsqlCommand.refusal(token, text, !current.tokens().isEmpty())
              .ifPresentOrElse(problems::add, () -> ignoredCommands.add(token));
      case UNTERMINATED_COMMENT,
          UNTERMINATED_STRING,
          UNTERMINATED_DOLLAR_STRING,
          UNTERMINATED_IDENTIFIER,
          UNTERMINATED_COPY_DATA ->
          problems.add(Problem.unterminated(token));
    }
  }

  private void endStatement() {
    if (current.tokens().isEmpty()) {
      return;
    }
    var statement = RawStatement.of(current.tokens(), text);
    current = new Nesting(text);
    if (statement.phrase().changesStrings()) {
      problems.add(
          new Problem(
              statement.start(),
              "standard_conforming_strings is set to something else than on, which changes where"
                  + " strings end.",
              "Remove it, and write strings with backslashes as E'…'."));
    }
    statements.add(
        statement.phrase().isCopyFromStandardInput()
            ? readCopyData().map(statement::withCopyData).orElse(statement)
            : statement);
  }

  private Optional<Token> readCopyData() {
    var lineEnd = lexer.copyLineEnd();
    if (lineEnd.isEmpty()) {
      int index = tokens.getLast().end();
      problems.add(
          new Problem(
              index,
              "Between COPY … FROM STDIN and its data stands something else on the same line.",
              "Begin the data on the line after the semicolon."));
      return Optional.empty();
    }
    tokens.add(lineEnd.get());
    var data = lexer.copyData();
    tokens.add(data);
    if (data.kind() == Kind.UNTERMINATED_COPY_DATA) {
      problems.add(Problem.unterminated(data));
    } else {
      tokens.add(lexer.copyTerminator());
    }
    return Optional.of(data);
  }
}
