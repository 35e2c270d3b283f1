package dev.dbmigration.reconcile;

import java.util.List;
import java.util.Optional;

/** How tools such as Flux and Helm judge a resource: the algorithm of kstatus for any kind. */
enum Kstatus {
  CURRENT,
  IN_PROGRESS,
  FAILED;

  static Kstatus of(long generation, long observedGeneration, List<Condition> conditions) {
    if (generation != observedGeneration) {
      return IN_PROGRESS;
    }
    for (var condition : conditions) {
      if (condition.type() == Condition.Type.RECONCILING && condition.isTrue()) {
        return IN_PROGRESS;
      }
      if (condition.type() == Condition.Type.STALLED && condition.isTrue()) {
        return FAILED;
      }
    }
    return ready(conditions).filter(condition -> !condition.isTrue()).isPresent()
        ? IN_PROGRESS
        : CURRENT;
  }

  /** Whether {@code kubectl wait --for=condition=Ready} returns. */
  static boolean endsWait(long generation, List<Condition> conditions) {
    return ready(conditions)
        .filter(condition -> condition.observedGeneration() >= generation)
        .filter(Condition::isTrue)
        .isPresent();
  }

  private static Optional<Condition> ready(List<Condition> conditions) {
    return conditions.stream().filter(c -> c.type() == Condition.Type.READY).findFirst();
  }
}
