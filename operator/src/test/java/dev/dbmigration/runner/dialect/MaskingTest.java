package dev.dbmigration.runner.dialect;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MaskingTest {

  private final Masking masking = Masking.of(List.of("s3cr3t value", "line one\nline two"));

  @Test
  void hidesSecretsWhereverTheyStand() {
    assertThat(masking.apply("a s3cr3t value here, line one\nline two there"))
        .isEqualTo("a *** here, *** there");
  }

  @Test
  void hidesQuotedPartsOfSecrets() {
    assertThat(masking.apply("syntax error at or near \"s3cr3t\" of 'orders'"))
        .isEqualTo("syntax error at or near \"***\" of 'orders'");
  }

  @Test
  void leavesTextsAloneThatOnlyHoldVeryShortValues() {
    assertThat(Masking.of(List.of("1", "", "  ")).apply("relation 1")).isEqualTo("relation 1");
  }

  @Test
  void hidesALongerSecretBeforeAShorterOneInsideIt() {
    assertThat(Masking.of(List.of("abc", "abcdef")).apply("abcdef")).isEqualTo("***");
  }

  @Test
  void hidesSecretsThatAServerTookForNames() {
    var folded =
        Masking.of(List.of("Tr0ub4dorKey")).apply("column \"tr0ub4dorkey\" does not exist");

    assertThat(folded).isEqualTo("column \"***\" does not exist");
  }

  @Test
  void hidesPartsOfSecretsInTheQuotesOfAnyLanguage() {
    for (var text :
        List.of("bei »s3cr3t«", "sur « s3cr3t »", "在“s3cr3t”", "「s3cr3t」で", "„S3CR3T”")) {
      assertThat(masking.apply(text)).contains("***").doesNotContainIgnoringCase("s3cr3t");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      value = {
        "value \"Ada\" is out of range for type integer|value *** is out of range for type integer",
        "value \"a\"\"b\" and 'c' violate \"orders_pkey\"|value *** violate \"orders_pkey\"",
        "invalid input syntax for type integer: \"Ada \"the\" Lovelace\"|invalid input syntax for type integer: ***",
        "ungültige Eingabesyntax für Typ integer: »Ada«|ungültige Eingabesyntax für Typ integer: ***",
        "ungültige Eingabesyntax für Typ integer: »Ada«Lovelace«|ungültige Eingabesyntax für Typ integer: ***",
        "syntaxe en entrée invalide pour l'entier : « Ada »|syntaxe en entrée invalide pour l'entier : ***",
        "类型integer的输入语法无效: “Ada”|类型integer的输入语法无效: ***",
        "整数型の入力構文が不正です: \"Ada\"|整数型の入力構文が不正です: ***",
        "la contrainte unique « orders_pkey » n'est pas respectée|la contrainte unique « orders_pkey » n'est pas respectée",
        "doppelter Schlüsselwert verletzt »orders_pkey«|doppelter Schlüsselwert verletzt »orders_pkey«",
        "\"orders_pkey\" x\"|***",
        "bad text \"cut off here|bad text ***",
      })
  void hidesQuotedLiteralsButNotNames(String message, String shown) {
    assertThat(Masking.NONE.applyWithoutLiterals(message, Set.of("orders_pkey"))).isEqualTo(shown);
  }

  @Test
  void escapesWhatWouldChangeATerminalOrAnotherLine() {
    assertThat(Masking.NONE.apply("a\nb\tc\u001b[31md\u202ee"))
        .isEqualTo("a\\nb\\tc\\u001b[31md\\u202ee");
  }

  @Test
  void cutsLongTextsBetweenCharacters() {
    var text = Masking.NONE.apply("ü😀".repeat(500));

    assertThat(text.getBytes(StandardCharsets.UTF_8)).hasSizeBetween(1015, 1024);
    assertThat(text).endsWith("…").doesNotContain("?");
    assertThat(Masking.NONE.apply("x".repeat(1024))).hasSize(1024);
  }
}
