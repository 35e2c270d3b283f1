package dev.dbmigration.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Texts that are too long. */
class ExcerptTest {

  @ParameterizedTest
  @CsvSource({"abcdef, abcdef", "abcdefg, abcde…", "abcd😀g, abcd😀g", "abcd😀gh, abcd…"})
  void aTextIsCutToALengthAndNeverThroughACharacter(String text, String excerpt) {
    assertThat(Excerpt.ofLength(text, excerpt.endsWith("…") ? 6 : 7)).isEqualTo(excerpt);
  }

  @ParameterizedTest
  @CsvSource({
    "abcdefgh, abcdefgh",
    "abcdefghi, abcde…",
    "żółwie, żó…",
    "żółw, żółw",
    "a😀bcd, a😀bcd",
    "a😀bcde, a😀…",
    "ab😀bcde, ab…"
  })
  void aTextIsCutToEightBytesAndNeverThroughACharacter(String text, String excerpt) {
    assertThat(Excerpt.ofBytes(text, 8)).isEqualTo(excerpt);
  }

  @Test
  void aLongTextFillsTheBytesThatThereAre() {
    var excerpt = Excerpt.ofBytes("😀я".repeat(1000), 1024);

    assertThat(excerpt.getBytes(StandardCharsets.UTF_8).length).isBetween(1021, 1024);
    assertThat(excerpt).endsWith("…").doesNotContain("?");
  }
}
