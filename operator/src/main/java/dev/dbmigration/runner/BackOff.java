package dev.dbmigration.runner;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * Pauses that double up to a limit, each shortened by a random part so that rivals do not meet
 * again.
 *
 * @param first before the second attempt
 * @param longest at most
 * @param random where chance comes from
 */
record BackOff(Duration first, Duration longest, RandomGenerator random) {

  /** The pause after an attempt, counted from 1. */
  Duration after(int attempt) {
    long doubled = first.toMillis() << Math.min(attempt - 1, 20);
    long limit = Math.min(doubled, longest.toMillis());
    return Duration.ofMillis(limit / 2 + random.nextLong(limit / 2 + 1));
  }
}
