package dev.dbmigration.report;

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
import java.time.Instant;
import java.util.List;

/** A report as JSON. */
final class ReportForm {

  private static final String SUCCEEDED = "succeeded";
  private static final String FAILED = "failed";

  private ReportForm() {}

  static JsonObject write(RunReport report) {
    return JsonObject.empty()
        .with("run", report.run())
        .with("startedAt", report.startedAt().toString())
        .with("finishedAt", report.finishedAt().toString())
        .with("outcome", outcome(report.outcome()))
        .withText("target", report.target())
        .withText("sourceDigest", report.sourceDigest())
        .withObject("history", report.history().map(ReportForm::history))
        .withTexts("warnings", report.warnings());
  }

  static RunReport read(JsonObject json) {
    return new RunReport(
        Math.toIntExact(json.number("run")),
        Instant.parse(json.text("startedAt")),
        Instant.parse(json.text("finishedAt")),
        outcome(json.object("outcome")),
        json.optionalText("target"),
        json.optionalText("sourceDigest").map(Checksum::new),
        json.optionalObject("history").map(ReportForm::history),
        json.texts("warnings"));
  }

  private static JsonObject outcome(RunOutcome outcome) {
    return switch (outcome) {
      case RunOutcome.Succeeded(int appliedNow) ->
          JsonObject.empty().with("type", SUCCEEDED).with("appliedNow", appliedNow);
      case RunOutcome.Failed(var failure, int appliedNow) ->
          JsonObject.empty()
              .with("type", FAILED)
              .with("failure", failure(failure))
              .with("appliedNow", appliedNow);
    };
  }

  private static RunOutcome outcome(JsonObject json) {
    int appliedNow = Math.toIntExact(json.number("appliedNow"));
    var type = json.text("type");
    return switch (type) {
      case SUCCEEDED -> new RunOutcome.Succeeded(appliedNow);
      case FAILED -> new RunOutcome.Failed(failure(json.object("failure")), appliedNow);
      default -> throw new IllegalArgumentException("there is no outcome of type " + type);
    };
  }

  private static JsonObject failure(Failure failure) {
    return JsonObject.empty()
        .with("reason", failure.reason().toString())
        .with("message", failure.message())
        .with("remedy", failure.remedy())
        .withText("migration", failure.migration())
        .withText("file", failure.file())
        .withObject("position", failure.position().map(ReportForm::position))
        .withText("code", failure.code());
  }

  /** A reason that only a newer runner knows is a failure all the same. */
  private static Failure failure(JsonObject json) {
    return new Failure(
        Reason.of(json.text("reason")).orElse(Reason.RUNNER_FAILED),
        json.text("message"),
        json.text("remedy"),
        json.optionalText("migration"),
        json.optionalText("file"),
        json.optionalObject("position").map(ReportForm::position),
        json.optionalText("code"));
  }

  private static JsonObject position(SourcePosition position) {
    return JsonObject.empty()
        .with("file", position.file())
        .with("line", position.line())
        .with("column", position.column());
  }

  private static SourcePosition position(JsonObject json) {
    return new SourcePosition(
        json.text("file"),
        Math.toIntExact(json.number("line")),
        Math.toIntExact(json.number("column")));
  }

  private static JsonObject history(HistoryState history) {
    return JsonObject.empty()
        .withText("currentVersion", history.currentVersion())
        .with("applied", history.applied())
        .with("pending", history.pending())
        .withObject("head", history.head().map(ReportForm::head))
        .withObjects("newest", items(history.newest()))
        .withObjects("next", items(history.next()));
  }

  private static HistoryState history(JsonObject json) {
    return new HistoryState(
        json.optionalText("currentVersion").map(Version::parse),
        Math.toIntExact(json.number("applied")),
        Math.toIntExact(json.number("pending")),
        json.optionalObject("head").map(ReportForm::head),
        json.objects("newest").stream().map(ReportForm::item).toList(),
        json.objects("next").stream().map(ReportForm::item).toList());
  }

  private static List<JsonObject> items(List<Item> items) {
    return items.stream().map(ReportForm::item).toList();
  }

  private static JsonObject item(Item item) {
    return JsonObject.empty()
        .with("version", item.version())
        .with("description", item.description())
        .with("state", item.state().name())
        .withText("checksum", item.checksum())
        .withText("appliedAt", item.appliedAt())
        .withNumber("durationMillis", item.durationMillis());
  }

  private static Item item(JsonObject json) {
    return new Item(
        json.text("version"),
        json.text("description"),
        RunReport.State.valueOf(json.text("state")),
        json.optionalText("checksum").map(Checksum::new),
        json.optionalText("appliedAt").map(Instant::parse),
        json.optionalNumber("durationMillis"));
  }

  static JsonObject head(HistoryEntry.Head head) {
    return JsonObject.empty()
        .with("sequence", head.sequence())
        .with("hash", head.hash().toString());
  }

  static HistoryEntry.Head head(JsonObject json) {
    return new HistoryEntry.Head(json.number("sequence"), new Checksum(json.text("hash")));
  }
}
