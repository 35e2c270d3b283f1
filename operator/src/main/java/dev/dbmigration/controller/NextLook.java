package dev.dbmigration.controller;

import dev.dbmigration.controller.ClusterObserver.Sight;
import dev.dbmigration.controller.run.JobReader;
import dev.dbmigration.model.Reason;
import dev.dbmigration.reconcile.Decision;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * When a resource is looked at again although nothing is known to have happened.
 *
 * @param configMapInterval between two looks at a ConfigMap that is not watched
 */
record NextLook(Duration configMapInterval) {

  static final Duration AT_ONCE = Duration.ofMillis(1);

  /** After something changed under the operator's hands. */
  static final Duration SOON = Duration.ofMillis(200);

  private static final Duration WHILE_WAITING = Duration.ofSeconds(15);
  private static final Duration WHILE_MISSING = Duration.ofSeconds(30);
  private static final Duration WHILE_REFUSED = Duration.ofMinutes(1);

  Optional<Duration> after(Sight sight, Decision decision, Instant now) {
    var inputs = sight.isWatched() ? Optional.<Duration>empty() : Optional.of(configMapInterval);
    var tidying = sight.observation().nextTidying(now);
    return Stream.of(inputs, sight.nextPodLook(), tidying, own(decision))
        .flatMap(Optional::stream)
        .min(Duration::compareTo);
  }

  private Optional<Duration> own(Decision decision) {
    return switch (decision) {
      case Decision.Settle _, Decision.Tidy _ -> Optional.of(AT_ONCE);
      case Decision.Await _ -> Optional.of(JobReader.SELDOM);
      case Decision.Launch _ -> Optional.of(JobReader.WHILE_STARTING);
      case Decision.AwaitEnd _ -> Optional.of(WHILE_WAITING);
      case Decision.RetryLater retry -> Optional.of(retry.pause().plus(AT_ONCE));
      case Decision.Refuse refuse -> whileRefused(refuse.failure().reason());
      case Decision.Queue _ -> Optional.of(JobReader.SELDOM);
      case Decision.Release _, Decision.Rest _, Decision.Stall _, Decision.Suspend _ ->
          Optional.empty();
    };
  }

  private Optional<Duration> whileRefused(Reason reason) {
    return switch (reason) {
      case CONFIG_MAP_NOT_FOUND -> Optional.of(WHILE_MISSING);
      case JOB_REFUSED -> Optional.of(WHILE_REFUSED);
      case NAME_CONFLICT -> Optional.of(JobReader.SELDOM);
      default -> Optional.empty();
    };
  }
}
