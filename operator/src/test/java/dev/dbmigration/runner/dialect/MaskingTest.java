package dev.dbmigration.runner.dialect;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

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
  void hidesQuotedLiteralsButNotNames() {
    assertThat(
            Masking.NONE.applyWithoutLiterals(
                "value \"a\"\"b\" and 'c' violate \"orders_pkey\"", Set.of("orders_pkey")))
        .isEqualTo("value \"***\" and '***' violate \"orders_pkey\"");
  }

  @Test
  void hidesEverythingBehindAQuoteThatIsNotClosed() {
    assertThat(Masking.NONE.applyWithoutLiterals("bad text \"cut off here", Set.of()))
        .isEqualTo("bad text \"***");
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
