package dev.dbmigration.controller;

import dev.dbmigration.config.OperatorSettings;
import dev.dbmigration.controller.resource.AllowedKeys;
import dev.dbmigration.controller.run.ActiveRuns;
import dev.dbmigration.job.JobSettings;
import java.time.Clock;
import java.util.Set;

/**
 * What all reconcilers of an operator share.
 *
 * @param settings of the operator
 * @param runs that are active
 * @param announcer tells of what happened
 * @param clock the time
 */
record Shared(OperatorSettings settings, ActiveRuns runs, Announcer announcer, Clock clock) {

  AllowedKeys allowedKeys() {
    var runner = settings.runner();
    return new AllowedKeys(Set.copyOf(runner.labels()), Set.copyOf(runner.annotations()));
  }

  JobSettings jobSettings() {
    var runner = settings.runner();
    return new JobSettings(
        runner.image(), runner.pullPolicy(), runner.gracePeriod(), runner.allowLoopback());
  }
}
