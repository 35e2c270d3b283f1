package dev.dbmigration.runner;

import dev.dbmigration.model.Failure;
import dev.dbmigration.model.Finding;
import dev.dbmigration.model.Migration;
import dev.dbmigration.model.MigrationKey;
import dev.dbmigration.model.Plan;
import dev.dbmigration.model.Plan.Step;
import dev.dbmigration.model.RunRequest;
import dev.dbmigration.plan.Planner;
import dev.dbmigration.plan.Planning;
import dev.dbmigration.plan.Situation;
import dev.dbmigration.runner.PreparedStep.Progress;
import dev.dbmigration.runner.dialect.History.Snapshot;
import dev.dbmigration.runner.dialect.History.Unfinished;
import dev.dbmigration.sql.Placeholders;
import dev.dbmigration.sql.Script;
import dev.dbmigration.sql.ScriptReading;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * From what a target says to what is to be executed. Scripts are read when they are pending only:
 * what is applied must not be refused by a newer reader.
 */
final class Preparation {

  private final RunRequest request;
  private final List<Migration> source;
  private final ScriptReader scriptReader;
  private final Placeholders placeholders;
  private final Map<MigrationKey, ScriptReading> scripts = new HashMap<>();

  /**
   * For one run.
   *
   * @param request with policy and known head
   * @param source the migrations of the source
   * @param scriptReader for the target's kind of database
   * @param placeholders for the scripts
   */
  Preparation(
      RunRequest request,
      List<Migration> source,
      ScriptReader scriptReader,
      Placeholders placeholders) {
    this.request = request;
    this.source = source;
    this.scriptReader = scriptReader;
    this.placeholders = placeholders;
  }

  /**
   * What is to be executed.
   *
   * @param steps in order; empty when nothing is pending
   * @param warnings of the plan and of the scripts
   */
  record Prepared(List<PreparedStep> steps, List<String> warnings) {}

  /**
   * Plans, and reads every pending script.
   *
   * @throws RunFailedException if nothing may be executed
   */
  Prepared prepare(Snapshot snapshot) throws RunFailedException {
    var unfinished = snapshot.unfinished().map(this::resumption);
    var state =
        new Situation.TargetState(
            snapshot.entries(),
            snapshot.otherObjects(),
            unfinished.map(Resumption::state),
            snapshot.damagedAt());
    var situation = new Situation(source, state, request.policy(), request.knownHead());
    return switch (Planner.plan(situation)) {
      case Planning.Planned(var plan) -> prepare(plan, unfinished);
      case Planning.Refused(var findings) -> throw refused(findings);
    };
  }

  private Prepared prepare(Plan plan, Optional<Resumption> unfinished) throws RunFailedException {
    var steps = new ArrayList<PreparedStep>();
    var warnings = new ArrayList<>(plan.warnings());
    var findings = new ArrayList<Finding>();
    for (var step : plan.steps()) {
      switch (step) {
        case Step.RecordBaseline(var version) -> steps.add(new PreparedStep.Baseline(version));
        case Step.Apply(var migration) -> {
          switch (read(migration)) {
            case ScriptReading.Understood(var script, var notes) -> {
              steps.add(step(migration, script, unfinished));
              warnings.addAll(notes);
            }
            case ScriptReading.Refused(var reasons) -> findings.addAll(reasons);
          }
        }
      }
    }
    if (!findings.isEmpty()) {
      throw refused(findings);
    }
    refuseDoubt(unfinished);
    return new Prepared(steps, warnings);
  }

  private static PreparedStep step(
      Migration migration, Script script, Optional<Resumption> unfinished) {
    var progress =
        unfinished
            .filter(begun -> begun.isOf(migration))
            .<Progress>map(begun -> new Progress.Begun(begun.finished()))
            .orElseGet(Progress.None::new);
    return script.isAtomic() && progress instanceof Progress.None
        ? new PreparedStep.Atomic(migration, script.segments().getFirst().statements())
        : new PreparedStep.Segmented(migration, script.segments(), progress);
  }

  private Resumption resumption(Unfinished unfinished) {
    return Resumption.of(unfinished, source, this::script);
  }

  /** Once, though everything is prepared again under the lock. */
  private ScriptReading read(Migration migration) {
    return scripts.computeIfAbsent(
        migration.key(), _ -> scriptReader.read(migration, placeholders));
  }

  private Optional<Script> script(Migration migration) {
    return switch (read(migration)) {
      case ScriptReading.Understood(var script, _) -> Optional.of(script);
      case ScriptReading.Refused _ -> Optional.empty();
    };
  }

  private static void refuseDoubt(Optional<Resumption> unfinished) throws RunFailedException {
    var doubt = unfinished.flatMap(Resumption::doubt);
    if (doubt.isPresent()) {
      throw new RunFailedException(doubt.get());
    }
  }

  private static RunFailedException refused(List<? extends Finding> findings) {
    Failure failure = Failure.ofAll(findings);
    return new RunFailedException(failure);
  }
}
