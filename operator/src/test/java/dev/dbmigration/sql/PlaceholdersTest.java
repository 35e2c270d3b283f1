package dev.dbmigration.sql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dbmigration.model.Reason;
import dev.dbmigration.model.SourcePosition;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PlaceholdersTest {

  @Test
  void resolvesThemEverywhere() {
    var statement =
        only(
            "SELECT '${tenant}', \"${tenant}\", $x$${tenant}$x$ /* ${tenant} */ AS ${tenant}",
            Map.of("tenant", "acme"));

    assertThat(statement.text())
        .isEqualTo("SELECT 'acme', \"acme\", $x$acme$x$ /* acme */ AS acme");
  }

  @Test
  void matchesNamesWithoutRegardToCaseButPrefersTheExactOne() {
    var values = Map.of("Tenant", "one", "TENANT", "two", "my-key.1", "three");

    assertThat(only("SELECT ${TENANT}, ${tenant}, ${ My-Key.1 }", values).text())
        .isEqualTo("SELECT two, two, three");
    assertThat(only("SELECT ${Tenant}", values).text()).isEqualTo("SELECT one");
  }

  @Test
  void resolvesNoPlaceholderWithinAValue() {
    assertThat(only("SELECT '${dollar}{tenant}'", Map.of("dollar", "$", "tenant", "acme")).text())
        .isEqualTo("SELECT '${tenant}'");
  }

  @Test
  void splitsWhatAValueBringsIn() {
    assertThat(Reading.understood("${both}", Map.of("both", "SELECT 1; SELECT 2")).script())
        .extracting(script -> script.segments().getFirst().statements().size())
        .isEqualTo(2);
  }

  @Test
  void refusesOneWithoutAValue() {
    var failure =
        Reading.findings("SELECT '${tenant}';\nSELECT 'é${other}';", Map.of("tenant", "acme"))
            .getFirst()
            .toFailure();

    assertThat(failure.reason()).isEqualTo(Reason.PLACEHOLDER_MISSING);
    assertThat(failure.position()).contains(new SourcePosition("V1__test.sql", 2, 10));
    assertThat(failure.message())
        .isEqualTo(
            "Migration 1 cannot be executed, V1__test.sql:2:10: the placeholder ${other} has no"
                + " value.");
    assertThat(failure.remedy())
        .contains("spec.source.placeholders")
        .contains("-- dbmigration:placeholders=off");
  }

  @Test
  void refusesOneEvenIfNoneIsDefined() {
    assertThat(Reading.findings("-- see ${x}\nSELECT 1;")).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "-- dbmigration:placeholders=off\nSELECT '${x}'",
        "\uFEFF\n/* a */ --dbmigration: placeholders=off \r\nSELECT '${x}'"
      })
  void leavesThemAloneWhereTheFileSaysSo(String text) {
    assertThat(Reading.texts(text)).containsExactly("SELECT '${x}'");
  }

  @Test
  void readsDirectivesOnlyBeforeTheFirstStatement() {
    assertThat(Reading.findings("SELECT '${x}';\n-- dbmigration:placeholders=off")).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"$${\"a\": 1}$$", "'${'", "'${}'", "'$ {x}'", "'{x}'", "'${a b}'"})
  void takesOtherTextForNoPlaceholder(String literal) {
    assertThat(Reading.texts("SELECT " + literal)).containsExactly("SELECT " + literal);
  }

  @Test
  void finishesTheWayBackToTheFileAtThePlaceholder() {
    var statement = only("SELECT '${a}',\n '${b}' AS x", Map.of("a", "long\nvalue", "b", ""));

    assertThat(placeOf(statement, "SELECT")).isEqualTo("1:1");
    assertThat(placeOf(statement, "long")).isEqualTo("1:9");
    assertThat(placeOf(statement, "value")).isEqualTo("1:9");
    assertThat(placeOf(statement, "',\n")).isEqualTo("1:13");
    assertThat(placeOf(statement, "''")).isEqualTo("2:2");
    assertThat(placeOf(statement, "AS x")).isEqualTo("2:9");
  }

  @Test
  void countsCharactersAsTheServerDoes() {
    var statement = Reading.statements("-- 😀\n  SELECT '😀é' FROM ordrs;").getFirst();

    assertThat(statement.atCharacter(1)).isEqualTo(new SourcePosition("V1__test.sql", 2, 3));
    assertThat(statement.atCharacter(18)).isEqualTo(new SourcePosition("V1__test.sql", 2, 20));
    assertThat(statement.atCharacter(0)).isEqualTo(statement.start());
    assertThat(statement.atCharacter(1000)).isEqualTo(new SourcePosition("V1__test.sql", 2, 25));
  }

  @Test
  void showsNoValue() {
    var placeholders = new Placeholders(Map.of("a", "hunter2")).and(Map.of("b", "hunter3"));
    var statement = only("SELECT '${a}'", placeholders.values());

    assertThat(placeholders.toString()).contains("a", "b").doesNotContain("hunter");
    assertThat(statement.toString()).doesNotContain("hunter");
  }

  private static Statement only(String text, Map<String, String> values) {
    var understood = Reading.understood(text, values);
    return understood.script().segments().getFirst().statements().getFirst();
  }

  private static String placeOf(Statement statement, String part) {
    var position = statement.positions().at(statement.text().indexOf(part));
    return position.line() + ":" + position.column();
  }
}
