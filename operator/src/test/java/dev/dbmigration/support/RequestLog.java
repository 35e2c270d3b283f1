package dev.dbmigration.support;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** Every request that the API server was sent, in order. */
public final class RequestLog {

  private final List<ApiRequest> requests = new ArrayList<>();

  synchronized void add(ApiRequest request) {
    requests.add(request);
  }

  /** Everything so far. */
  public synchronized List<ApiRequest> all() {
    return List.copyOf(requests);
  }

  /** How many were of a kind. */
  public synchronized long count(Predicate<ApiRequest> which) {
    return requests.stream().filter(which).count();
  }

  /** Forgets what was. */
  public synchronized void clear() {
    requests.clear();
  }
}
