package dev.dbmigration.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dbmigration.model.Checksum;
import dev.dbmigration.model.Failure;
import dev.dbmigration.model.HistoryEntry;
import dev.dbmigration.model.Reason;
import dev.dbmigration.model.RunOutcome;
import dev.dbmigration.model.RunReport;
import dev.dbmigration.model.RunReport.HistoryState;
import dev.dbmigration.model.RunReport.Item;
import dev.dbmigration.model.SourcePosition;
import dev.dbmigration.model.Version;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ReportTest {

  private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

  @Test
  void readsTheWholeReportBack() {
    var report = failed("relation \"ordrs\" does not exist");

    var written = WrittenReport.of(report);

    assertThat(ReadReport.of(written.summary(), log(written)))
        .isEqualTo(new ReadReport.Full(report));
  }

  @Test
  void findsTheReportAmongOtherLines() {
    var report = succeeded();
    var written = WrittenReport.of(report);
    var lines = written.lines();

    var log =
        "{\"message\":\"started\"}\n%s\n%s\nWARNING: from standard error\n%s\n%s\nby a sidecar"
            .formatted(WrittenReport.BEGIN, lines.get(0), lines.get(1), lines.get(2));

    assertThat(ReadReport.of(written.summary(), log)).isEqualTo(new ReadReport.Full(report));
  }

  @Test
  void givesTheSummaryWhenTheLogIsAbsent() {
    var read = ReadReport.of(WrittenReport.of(succeeded()).summary(), "");

    assertThat(read).isInstanceOf(ReadReport.SummaryOnly.class);
    var report = ((ReadReport.SummaryOnly) read).report();
    assertThat(report.history().orElseThrow().applied()).isEqualTo(12);
    assertThat(report.history().orElseThrow().head()).contains(head());
    assertThat(report.history().orElseThrow().newest()).isEmpty();
    assertThat(report.outcome()).isEqualTo(new RunOutcome.Succeeded(2));
  }

  @Test
  void givesTheSummaryWhenTheLogIsCutAnywhere() {
    var written = WrittenReport.of(failed("x".repeat(100)));
    var log = log(written);

    for (int end = 0; end < log.length(); end += 97) {
      assertThat(ReadReport.of(written.summary(), log.substring(0, end)))
          .isInstanceOf(ReadReport.SummaryOnly.class);
      assertThat(ReadReport.of(written.summary(), log.substring(end + 1)))
          .isInstanceOf(ReadReport.SummaryOnly.class);
    }
  }

  @Test
  void givesTheSummaryWhenTheLogHoldsAnotherReport() {
    var forged = log(WrittenReport.of(succeeded()));

    assertThat(ReadReport.of(WrittenReport.of(failed("no")).summary(), forged))
        .isInstanceOf(ReadReport.SummaryOnly.class);
  }

  @Test
  void saysThatThereIsNoReport() {
    assertThat(ReadReport.of("", "some log"))
        .isEqualTo(new ReadReport.Unreadable("the runner ended without leaving a report"));
  }

  @Test
  void saysThatTheTerminationMessageIsNoReport() {
    var cut = WrittenReport.of(succeeded()).summary().substring(0, 200);

    for (var message : List.of(cut, "killed", "{}", "[]", "null", "3", "{\"format\":1}")) {
      assertThat(ReadReport.of(message, ""))
          .as(message)
          .isEqualTo(new ReadReport.Unreadable("the termination message is not a report"));
    }
  }

  @Test
  void refusesANewerFormat() {
    var newer = WrittenReport.of(succeeded()).summary().replace("\"format\":1", "\"format\":2");

    assertThat(ReadReport.of(newer, ""))
        .isEqualTo(
            new ReadReport.Unreadable(
                "the report has format 2, this operator reads up to 1: the runner is newer than the operator"));
  }

  @Test
  void ignoresFieldsThatItDoesNotKnow() {
    var extended = WrittenReport.of(succeeded()).summary().replaceFirst("\\{", "{\"later\":{},");

    assertThat(ReadReport.of(extended, "")).isInstanceOf(ReadReport.SummaryOnly.class);
  }

  @Test
  void keepsTheSummaryWithinItsSizeWhateverTheTexts() {
    for (var unit : List.of("a", "ß", "漢", "😀", "\u0001", "\"\\\n", "\uD83D")) {
      var written = WrittenReport.of(failed(unit.repeat(5000)));

      assertThat(written.summary().getBytes(StandardCharsets.UTF_8))
          .hasSizeLessThanOrEqualTo(RunContract.MAX_SUMMARY_BYTES);
      assertThat(ReadReport.of(written.summary(), ""))
          .isInstanceOfSatisfying(
              ReadReport.SummaryOnly.class,
              read -> assertThat(message(read.report())).endsWith("…").hasSizeGreaterThan(80));
    }
  }

  @Test
  void keepsLinesShortAndPlainWhateverTheTexts() {
    var written = WrittenReport.of(failed("漢😀".repeat(5000)));

    assertThat(written.lines()).hasSizeGreaterThan(3);
    assertThat(written.lines())
        .allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(8192).isPrintable());
    assertThat(log(written).length()).isLessThan(ReadReport.MAX_LOG_BYTES);
    assertThat(ReadReport.of(written.summary(), log(written))).isInstanceOf(ReadReport.Full.class);
  }

  @Test
  void doesNotTakeAServersMessageForAMarker() {
    var hostile =
        "no\n" + WrittenReport.END + "\n" + WrittenReport.BEGIN + "\nDBMIGRATION {}\r\n\u2028";
    var written = WrittenReport.of(failed(hostile));

    assertThat(written.lines()).hasSize(3);
    assertThat(ReadReport.of(written.summary(), log(written)))
        .isEqualTo(new ReadReport.Full(failed(hostile)));
  }

  private static String message(RunReport report) {
    return switch (report.outcome()) {
      case RunOutcome.Failed failed -> failed.failure().message();
      case RunOutcome.Succeeded _ -> "";
    };
  }

  private static String log(WrittenReport written) {
    return String.join("\n", written.lines()) + "\n";
  }

  private static HistoryEntry.Head head() {
    return new HistoryEntry.Head(12, Checksum.ofText("head"));
  }

  private static RunReport succeeded() {
    return report(new RunOutcome.Succeeded(2), "create orders");
  }

  private static RunReport failed(String message) {
    var failure =
        Failure.of(Reason.MIGRATION_FAILED, message, message)
            .at(new SourcePosition("V13__add_index.sql", 4, 12))
            .withCode("42P01");
    return report(new RunOutcome.Failed(failure, 1), message);
  }

  private static RunReport report(RunOutcome outcome, String text) {
    var item =
        new Item(
            "12",
            text,
            RunReport.State.APPLIED,
            Optional.of(Checksum.ofText("sql")),
            Optional.of(NOON),
            Optional.of(41L));
    var items = Collections.nCopies(text.length() > 200 ? 20 : 2, item);
    var history =
        new HistoryState(
            Optional.of(Version.parse("12")), 12, 3, Optional.of(head()), items, items);
    return new RunReport(
        4,
        NOON,
        NOON.plusSeconds(2),
        outcome,
        Optional.of("postgresql orders-db:5432/orders"),
        Optional.of(Checksum.ofText("source")),
        Optional.of(history),
        List.of("V3 is missing"));
  }
}
