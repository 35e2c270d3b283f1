package dev.dbmigration.sql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dbmigration.model.Failure;
import dev.dbmigration.model.Finding;
import dev.dbmigration.sql.Judge.Verdict;
import dev.dbmigration.sql.ScriptReading.Refused;
import dev.dbmigration.sql.ScriptReading.Understood;
import java.sql.SQLException;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Statement by statement, a text must fare as it does when the server gets it as a whole: the same
 * number of statements, or an error in either case.
 */
class ServerAsJudgeIT {

  private static final int TEXTS = 800;

  private static Judge judge;

  @BeforeAll
  static void connect() throws SQLException {
    judge = Judge.connect();
  }

  @AfterAll
  static void disconnect() throws SQLException {
    judge.close();
  }

  static Stream<PostgresCorpus.Case> corpus() {
    var onlyForClients = Set.of("copy", "psql-restrict", "begin-tx", "bom");
    return PostgresCorpus.cases().filter(example -> !onlyForClients.contains(example.name()));
  }

  @ParameterizedTest
  @MethodSource("corpus")
  void agreesOnTheCorpus(PostgresCorpus.Case example) throws SQLException {
    int statements = example.statements().size();

    assertThat(judge.verdict(List.of(example.text()))).isEqualTo(new Verdict.Accepted(statements));
    assertThat(judge.verdict(example.statements())).isEqualTo(new Verdict.Accepted(statements));
  }

  @RepeatedTest(3)
  void agreesOnTextsMadeAtRandom(RepetitionInfo repetition) throws SQLException {
    long seed = 20_260_200L + repetition.getCurrentRepetition();
    var texts = new RandomScripts(new Random(seed));
    int accepted = 0;
    for (int i = 0; i < TEXTS; i++) {
      var text = texts.next();
      var whole = judge.verdict(List.of(text));
      accepted += whole instanceof Verdict.Accepted ? 1 : 0;

      assertThat(inParts(text, whole)).as("seed %d, text %d:%n%s", seed, i, text).isEqualTo(whole);
    }
    System.out.printf("seed %d: %d of %d texts accepted%n", seed, accepted, TEXTS);
    assertThat(accepted).isBetween(TEXTS / 5, TEXTS * 4 / 5);
  }

  /** A text without statements, which we refuse, has no parts to be judged. */
  private static Verdict inParts(String text, Verdict whole) throws SQLException {
    return switch (Reading.of(text)) {
      case Refused(var findings) -> isEmpty(findings) ? whole : new Verdict.Rejected();
      case Understood(var script, _) -> {
        var statements = script.segments().stream().flatMap(part -> part.statements().stream());
        var verdict = judge.verdict(statements.map(Statement::text).toList());
        if (verdict instanceof Verdict.Accepted(int count)) {
          assertThat(Reading.texts(text)).hasSize(count);
        }
        yield verdict;
      }
    };
  }

  private static boolean isEmpty(List<Finding> findings) {
    return Failure.ofAll(findings).message().endsWith("The file has no statement.");
  }
}
