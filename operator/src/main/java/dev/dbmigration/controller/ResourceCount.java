package dev.dbmigration.controller;

import dev.dbmigration.api.v1alpha1.DatabaseMigration;
import dev.dbmigration.controller.cluster.SlimStore;
import dev.dbmigration.controller.resource.StatusReader;
import dev.dbmigration.metrics.ResourceState;
import dev.dbmigration.model.Reason;
import dev.dbmigration.reconcile.Condition;
import java.util.List;
import java.util.function.ToIntFunction;

/**
 * Counts the resources that are in a state, as their statuses say.
 *
 * @param stores where they are kept
 */
record ResourceCount(List<SlimStore<DatabaseMigration>> stores)
    implements ToIntFunction<ResourceState> {

  @Override
  public int applyAsInt(ResourceState state) {
    return (int) stores.stream().flatMap(SlimStore::values).filter(r -> state(r) == state).count();
  }

  private static ResourceState state(DatabaseMigration resource) {
    var conditions = StatusReader.read(resource.getStatus()).conditions();
    if (isTrue(conditions, Condition.Type.READY)) {
      return ResourceState.READY;
    }
    if (isTrue(conditions, Condition.Type.STALLED)) {
      return ResourceState.STALLED;
    }
    if (conditions.stream().anyMatch(c -> c.reason().equals(Reason.SUSPENDED.text()))) {
      return ResourceState.SUSPENDED;
    }
    return conditions.isEmpty() ? ResourceState.UNKNOWN : ResourceState.PROGRESSING;
  }

  private static boolean isTrue(List<Condition> conditions, Condition.Type type) {
    return conditions.stream().anyMatch(c -> c.type() == type && c.isTrue());
  }
}
