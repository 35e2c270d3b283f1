package dev.dbmigration.support;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Makes requests fail on purpose. Clients send a request again that was answered with 429 or 5xx;
 * choose another status, or a client without retries, where the caller is to see the fault.
 */
public final class Faults {

  private enum Moment {
    BEFORE,
    AFTER
  }

  private static final class Rule {
    final Predicate<ApiRequest> which;
    final int first;
    final int last;
    final Moment moment;
    final int status;
    final Runnable action;
    int seen;

    Rule(Predicate<ApiRequest> which, Nth nth, Moment moment, int status, Runnable action) {
      this.which = which;
      this.first = nth.first;
      this.last = nth.last;
      this.moment = moment;
      this.status = status;
      this.action = action;
    }

    boolean meets(ApiRequest request) {
      if (!which.test(request)) {
        return false;
      }
      seen++;
      return seen >= first && seen <= last;
    }
  }

  private record Nth(int first, int last) {
    static final Nth EVERY = new Nth(1, Integer.MAX_VALUE);
  }

  private final List<Rule> rules = new ArrayList<>();

  /** Answers every such request with a status; nothing is carried out. */
  public void refuse(Predicate<ApiRequest> which, int status) {
    add(new Rule(which, Nth.EVERY, Moment.BEFORE, status, () -> {}));
  }

  /** Answers the nth such request from now, counted from 1; it is not carried out. */
  public void refuseNth(Predicate<ApiRequest> which, int nth, int status) {
    add(new Rule(which, new Nth(nth, nth), Moment.BEFORE, status, () -> {}));
  }

  /** Carries out the nth such request from now, but answers that it failed. */
  public void loseAnswerOfNth(Predicate<ApiRequest> which, int nth, int status) {
    add(new Rule(which, new Nth(nth, nth), Moment.AFTER, status, () -> {}));
  }

  /**
   * Carries out the nth such request from now, loses its answer, and refuses everything that
   * clients of the same name send from then on: as if their process had been killed at that point.
   */
  public void killClientAfterNth(Predicate<ApiRequest> which, int nth, String agent) {
    Predicate<ApiRequest> ofClient = request -> request.agent().equals(agent);
    Runnable death = () -> refuse(ofClient, 403);
    add(new Rule(ofClient.and(which), new Nth(nth, nth), Moment.AFTER, 403, death));
  }

  /** Nothing fails any more. */
  public synchronized void mend() {
    rules.clear();
  }

  private synchronized void add(Rule rule) {
    rules.add(rule);
  }

  /** The status with which a request is to be refused. */
  Optional<Integer> before(ApiRequest request) {
    return firstOf(Moment.BEFORE, request);
  }

  /** The status that is to be sent instead of the answer of a request that was carried out. */
  Optional<Integer> after(ApiRequest request) {
    return firstOf(Moment.AFTER, request);
  }

  private synchronized Optional<Integer> firstOf(Moment moment, ApiRequest request) {
    var met =
        rules.stream()
            .filter(rule -> rule.moment == moment)
            .filter(rule -> rule.meets(request))
            .findFirst();
    met.ifPresent(rule -> rule.action.run());
    return met.map(rule -> rule.status);
  }
}
