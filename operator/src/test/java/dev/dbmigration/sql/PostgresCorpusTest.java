package dev.dbmigration.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The cases of {@link PostgresCorpus}, and {@code \connect}, which is refused. */
class PostgresCorpusTest {

  @ParameterizedTest
  @MethodSource("dev.dbmigration.sql.PostgresCorpus#cases")
  void splitsAsTheServerDoes(PostgresCorpus.Case example) {
    assertThat(Reading.texts(example.text())).isEqualTo(example.statements());
  }

  @ParameterizedTest
  @MethodSource("dev.dbmigration.sql.PostgresCorpus#cases")
  void losesNoCharacter(PostgresCorpus.Case example) {
    var tokens = PostgresScripts.tokens(example.text());

    assertThat(tokens.stream().map(token -> token.in(example.text())).collect(Collectors.joining()))
        .isEqualTo(example.text());
  }

  @Test
  void refusesToConnectElsewhere() {
    var failure = Reading.failure("SELECT 1;\n\\connect other\nSELECT 2;");

    assertThat(failure.message())
        .isEqualTo(
            "Migration 1 cannot be read, V1__test.sql:2:1: \\connect is a command to psql, which"
                + " the server does not know.");
    assertThat(failure.remedy()).contains("spec.target");
  }

  @Test
  void continuesAStringOnlyOnAnotherLine() {
    assertThat(Reading.texts("SELECT E'a' 'b\\'; SELECT 2;"))
        .containsExactly("SELECT E'a' 'b\\'", "SELECT 2");
  }

  @Test
  void holdsTheWholeCorpus() {
    assertThat(PostgresCorpus.cases().map(PostgresCorpus.Case::name).distinct()).hasSize(30);
  }
}
