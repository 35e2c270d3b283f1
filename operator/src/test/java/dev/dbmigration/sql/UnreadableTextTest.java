package dev.dbmigration.sql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dbmigration.model.Reason;
import dev.dbmigration.model.SourcePosition;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Texts that are refused before anything is executed. */
class UnreadableTextTest {

  record Row(String text, int line, int column, String problem) {
    @Override
    public String toString() {
      return problem;
    }
  }

  static Stream<Row> unended() {
    return Stream.of(
        new Row("SELECT 1;\n  SELECT 'a;\n", 2, 10, "The string that begins here is never ended."),
        new Row("SELECT E'a\\';\n", 1, 8, "The string that begins here is never ended."),
        new Row("SELECT 'a'\n'b;\n", 1, 8, "The string that begins here is never ended."),
        new Row("SELECT 1;\r\n/* a /* b */;", 2, 1, "The comment that begins here is never ended."),
        new Row(
            "SELECT 1;\rDO $größe$ a $$;",
            2,
            4,
            "The dollar-quoted text that begins here is never ended."),
        new Row(
            "SELECT '😀é', \"a;\n",
            1,
            14,
            "The quoted identifier that begins here is never ended."),
        new Row(
            "COPY t FROM stdin;\n1\n2\n",
            2,
            1,
            "The data of a COPY statement that begins here is never ended."),
        new Row(
            "COPY t FROM stdin",
            1,
            18,
            "The data of a COPY statement that begins here is never ended."),
        new Row(
            "COPY t FROM stdin; SELECT 1;\n1\n\\.\n",
            1,
            19,
            "Between COPY … FROM STDIN and its data stands something else on the same line."));
  }

  static Stream<Row> notExecutable() {
    return Stream.of(
        new Row(
            "CREATE TABLE t (a int;\nCREATE TABLE u (b int);",
            1,
            16,
            "The parenthesis that opens here is never closed."),
        new Row(
            "CREATE FUNCTION f() RETURNS int BEGIN ATOMIC SELECT 1;",
            1,
            33,
            "The body of a routine, or the CASE in it, that begins here has no END."),
        new Row("SELECT\0 1;", 1, 7, "A NUL character stands here."),
        new Row("", 1, 1, "The file has no statement."),
        new Row("\uFEFF-- nothing\n/* at all */ ;;\n", 1, 1, "The file has no statement."),
        new Row("BEGIN;\n;\nCOMMIT;", 1, 1, "Between BEGIN and COMMIT stands no statement."),
        new Row(
            "SET standard_conforming_strings = off;\nSELECT 'a\\';';",
            1,
            1,
            "standard_conforming_strings is set to something else than on, which changes where"
                + " strings end."),
        new Row(
            "-- dbmigration:placeholder=off\nSELECT 1;",
            1,
            1,
            "The comment that begins here is no known directive."));
  }

  @ParameterizedTest
  @MethodSource({"unended", "notExecutable"})
  void saysWhereItBegins(Row row) {
    var failure = Reading.findings(row.text()).getFirst().toFailure();

    assertThat(failure.reason()).isEqualTo(Reason.FILE_UNREADABLE);
    assertThat(failure.position())
        .contains(new SourcePosition("V1__test.sql", row.line(), row.column()));
    assertThat(failure.message())
        .isEqualTo(
            "Migration 1 cannot be read, V1__test.sql:%d:%d: %s"
                .formatted(row.line(), row.column(), row.problem()));
    assertThat(failure.migration()).contains("1");
    assertThat(failure.file()).contains("V1__test.sql");
    assertThat(failure.remedy()).isNotBlank();
  }

  @Test
  void refusesEveryPsqlCommandThatHasAnEffect() {
    for (var command :
        new String[] {
          "\\c x",
          "\\i a.sql",
          "\\ir a.sql",
          "\\copy t from 'a'",
          "\\!",
          "\\set x 1",
          "\\gexec",
          "\\if true",
          "\\unknown",
          "\\;",
          "\\echo a \\connect b",
          "\\timing \\\\ SELECT 1;"
        }) {
      assertThat(Reading.failure("SELECT 1;\n" + command + "\n").message())
          .as(command)
          .contains("V1__test.sql:2:1")
          .contains("a command to psql, which the server does not know.");
    }
  }

  @Test
  void ignoresPsqlCommandsWithoutEffectAndSaysSo() {
    var understood =
        Reading.understood(
            "\\restrict k3y\n\\echo hello 'you'\n\\qecho a\n\\timing\n\\pset pager off\n"
                + "\\set ON_ERROR_STOP on\n\\set VERBOSITY verbose\nSELECT 1;\n\\unrestrict k3y");

    assertThat(understood.notes())
        .containsExactly(
            "V1__test.sql:1:1: commands to psql without effect on the target are ignored (8 in this"
                + " file).");
  }

  @Test
  void refusesAPsqlCommandInTheMiddleOfAStatement() {
    assertThat(Reading.failure("SELECT 1\n\\echo a\n;").message())
        .contains("V1__test.sql:2:1: \\echo is a command to psql in the middle of a statement");
  }

  @Test
  void namesNoPsqlCommandThatAPlaceholderBrought() {
    var findings = Reading.findings("SELECT 1;\n\\${secret}\n", Map.of("secret", "hunter2"));

    assertThat(findings.getFirst().toFailure().message())
        .doesNotContain("hunter2")
        .contains("V1__test.sql:2:1: This is a command to psql");
  }

  @Test
  void listsEverythingThatIsWrong() {
    var failure = Reading.failure("SELECT 1;\n\\i a\n\\i b\nSELECT '");

    assertThat(failure.message())
        .endsWith(
            "There are 2 other findings: FileUnreadable in V1__test.sql:3:1; FileUnreadable in"
                + " V1__test.sql:4:8");
  }
}
