package dev.dbmigration.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;

/** What holds for every text, tried on texts that are put together at random. */
class RandomTextTest {

  private static final int TEXTS = 4000;

  private static final List<String> PIECES =
      List.of(
          "'",
          "''",
          "\"",
          "$$",
          "$a$",
          "$1",
          "$",
          "/*",
          "*/",
          "--",
          "\n",
          "\r\n",
          "\r",
          ";",
          ";;",
          "\\",
          "\\.",
          "\\.\n",
          "E'",
          "e'",
          "U&'",
          "B'",
          "(",
          ")",
          " ",
          "\t",
          "BEGIN",
          "ATOMIC",
          "END",
          "CASE",
          "CREATE FUNCTION f() ",
          "COPY t FROM STDIN;\n",
          "COPY",
          "FROM",
          "stdin",
          "\\restrict x\n",
          "a",
          "a$b$",
          "é",
          "😀",
          "1",
          "1.5e3",
          ".",
          ":",
          "::",
          "+",
          "?",
          "${x}",
          "${",
          "}",
          "\uFEFF",
          "\u00A0",
          "SELECT 1");

  @RepeatedTest(5)
  void isCutWithoutLosingACharacter(RepetitionInfo repetition) {
    var random = random(repetition);
    for (int i = 0; i < TEXTS; i++) {
      var text = text(random);

      var tokens = PostgresScripts.tokens(text);

      assertThat(tokens.stream().map(token -> token.in(text)).collect(Collectors.joining()))
          .isEqualTo(text);
      assertThat(tokens).allMatch(token -> token.start() < token.end() || isEmptyData(token));
    }
  }

  @RepeatedTest(5)
  void isNeverUnderstoodAsNothing(RepetitionInfo repetition) {
    var random = random(repetition);
    for (int i = 0; i < TEXTS; i++) {
      var text = text(random);
      switch (Reading.of(text)) {
        case ScriptReading.Refused(var findings) ->
            assertThat(findings)
                .isNotEmpty()
                .allSatisfy(finding -> assertThat(finding.toFailure().position()).isPresent());
        case ScriptReading.Understood(var script, _) ->
            assertThat(script.segments())
                .isNotEmpty()
                .allSatisfy(segment -> assertThat(segment.statements()).isNotEmpty());
      }
    }
  }

  @RepeatedTest(5)
  void keepsEverythingOutsideStatementsFreeOfSql(RepetitionInfo repetition) {
    var random = random(repetition);
    for (int i = 0; i < TEXTS; i++) {
      var text = text(random);
      var splitting = StatementSplitter.split(text);

      var outside =
          splitting.tokens().stream()
              .filter(Token::isSignificant)
              .filter(token -> splitting.statements().stream().noneMatch(s -> holds(s, token)))
              .map(token -> token.in(text))
              .distinct();

      assertThat(outside).as(text).isSubsetOf(";");
    }
  }

  private static boolean holds(RawStatement statement, Token token) {
    return statement.start() <= token.start() && token.end() <= statement.end();
  }

  private static boolean isEmptyData(Token token) {
    return token.kind() == Token.Kind.COPY_DATA
        || token.kind() == Token.Kind.COPY_LINE_END
        || token.kind() == Token.Kind.UNTERMINATED_COPY_DATA;
  }

  private static Random random(RepetitionInfo repetition) {
    long seed = 20_260_101L + repetition.getCurrentRepetition();
    System.out.println("seed " + seed);
    return new Random(seed);
  }

  private static String text(Random random) {
    return random
        .ints(1 + random.nextInt(25), 0, PIECES.size())
        .mapToObj(PIECES::get)
        .collect(Collectors.joining());
  }
}
