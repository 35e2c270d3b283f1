package dev.dbmigration.e2e;

import dev.dbmigration.api.v1alpha1.DatabaseMigration;
import dev.dbmigration.api.v1alpha1.DatabaseMigrationStatus;
import dev.dbmigration.model.Reason;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Predicate;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;

/**
 * A DatabaseMigration as its user sees it.
 *
 * @param namespace where it is
 * @param name of the resource
 */
record Resource(TestNamespace namespace, String name) {

  private static final Duration LONGEST_WAIT = Duration.ofMinutes(5);

  /** As it is now; empty if it is not there. */
  Optional<DatabaseMigration> now() {
    return Optional.ofNullable(
        namespace
            .cluster()
            .client()
            .resources(DatabaseMigration.class)
            .inNamespace(namespace.name())
            .withName(name)
            .get());
  }

  /** Its status now. */
  DatabaseMigrationStatus status() {
    return now().orElseThrow(() -> new AssertionError(name + " is not there")).getStatus();
  }

  /** Waits until it is Ready for what its spec says now. */
  DatabaseMigrationStatus awaitReady() {
    return await("Ready", resource -> holds(resource, "Ready", Reason.APPLIED));
  }

  /** Waits until a person is asked to do something, for this reason. */
  DatabaseMigrationStatus awaitStalled(Reason reason) {
    return await("Stalled " + reason, resource -> holds(resource, "Stalled", reason));
  }

  /** Waits until it is not Ready for this reason. */
  DatabaseMigrationStatus awaitNotReady(Reason reason) {
    return await(
        "not Ready " + reason,
        resource ->
            condition(resource, "Ready")
                .filter(ready -> !ready.getStatus().equals("True"))
                .filter(ready -> reason.text().equals(ready.getReason()))
                .isPresent());
  }

  /** Waits until its status is as asked for. */
  DatabaseMigrationStatus await(String what, Predicate<DatabaseMigration> asked) {
    try {
      return Awaitility.await()
          .atMost(LONGEST_WAIT)
          .ignoreExceptions()
          .until(this::now, resource -> resource.filter(asked).isPresent())
          .orElseThrow()
          .getStatus();
    } catch (ConditionTimeoutException e) {
      throw new AssertionError(
          "not " + what + " within " + LONGEST_WAIT + " but\n" + Serialization.asYaml(status()), e);
    }
  }

  /** Waits until it is gone. */
  void awaitGone() {
    Awaitility.await(name + " to be gone").atMost(LONGEST_WAIT).until(() -> now().isEmpty());
  }

  private static boolean holds(DatabaseMigration resource, String type, Reason reason) {
    return condition(resource, type)
        .filter(condition -> condition.getStatus().equals("True"))
        .filter(condition -> reason.text().equals(condition.getReason()))
        .isPresent();
  }

  /** A condition that is about the spec as it is now. */
  private static Optional<Condition> condition(DatabaseMigration resource, String type) {
    var generation = resource.getMetadata().getGeneration();
    return resource.getStatus().conditions().stream()
        .filter(condition -> condition.getType().equals(type))
        .filter(condition -> generation.equals(condition.getObservedGeneration()))
        .findFirst();
  }
}
