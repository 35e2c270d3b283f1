package dev.dbmigration.controller;

import dev.dbmigration.controller.cluster.ContentDigest;
import dev.dbmigration.model.Checksum;
import dev.dbmigration.model.ExitCode;
import dev.dbmigration.model.Failure;
import dev.dbmigration.model.HistoryEntry;
import dev.dbmigration.model.Reason;
import dev.dbmigration.model.RunOutcome;
import dev.dbmigration.model.RunReport;
import dev.dbmigration.model.RunRequest;
import dev.dbmigration.model.Source;
import dev.dbmigration.model.SourcePosition;
import dev.dbmigration.model.Version;
import dev.dbmigration.support.ScriptedPods;
import dev.dbmigration.support.ScriptedPods.Script;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Pod;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** How runs end in tests. */
public final class Reports {

  private static final Checksum CHECKSUM = Checksum.ofText("CREATE TABLE t (id int)");

  private Reports() {}

  /** The pod's run applies one migration. */
  public static Script.End success(Pod pod) {
    return success(run(pod));
  }

  public static Script.End success(int run) {
    return Script.End.reporting(
        ExitCode.SUCCEEDED, report(run, new RunOutcome.Succeeded(1), Optional.of(history())));
  }

  /** The pod's run fails. */
  public static Script.End failure(Pod pod, Reason reason) {
    return failure(run(pod), reason);
  }

  public static Script.End failure(int run, Reason reason) {
    var failure =
        Failure.of(reason, "relation \"ordrs\" does not exist", "Mend the file.")
            .at(new SourcePosition("V2__add.sql", 4, 12))
            .withCode("42P01");
    return Script.End.reporting(
        reason.exitCode(), report(run, new RunOutcome.Failed(failure, 0), Optional.empty()));
  }

  /** The run finds a ConfigMap in its only mount, and does with it as the runner does. */
  public static Script.End reading(RunRequest request, ConfigMap mounted) {
    var configMaps = ((Source.ConfigMaps) request.source()).configMaps();
    boolean isAnother =
        configMaps
            .getFirst()
            .content()
            .filter(expected -> !expected.equals(ContentDigest.of(mounted)))
            .isPresent();
    return isAnother ? failure(request.run(), Reason.SOURCE_CHANGED) : success(request.run());
  }

  public static int run(Pod pod) {
    return ScriptedPods.requestOf(pod).run();
  }

  public static RunReport report(
      int run, RunOutcome outcome, Optional<RunReport.HistoryState> history) {
    var now = Instant.now();
    return new RunReport(
        run,
        now.minusSeconds(1),
        now,
        outcome,
        Optional.of("postgresql orders-db:5432/orders-" + run),
        Optional.of(CHECKSUM),
        history,
        List.of());
  }

  private static RunReport.HistoryState history() {
    return new RunReport.HistoryState(
        Optional.of(Version.parse("1")),
        1,
        0,
        Optional.of(new HistoryEntry.Head(1, CHECKSUM)),
        List.of(
            new RunReport.Item(
                "1",
                "create",
                RunReport.State.APPLIED,
                Optional.of(CHECKSUM),
                Optional.of(Instant.parse("2026-11-20T12:00:00.123456Z")),
                Optional.of(7L))),
        List.of());
  }
}
