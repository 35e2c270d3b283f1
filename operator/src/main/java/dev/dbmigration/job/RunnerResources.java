package dev.dbmigration.job;

import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceRequirements;
import io.fabric8.kubernetes.api.model.ResourceRequirementsBuilder;
import java.util.Map;
import java.util.TreeMap;

/**
 * Requests and limits of the runner's container. There is always a limit of memory: the runner
 * takes its share of that, and without one it would take its share of the node.
 */
final class RunnerResources {

  private static final Map<String, Quantity> USUAL_REQUESTS =
      Map.of("cpu", new Quantity("100m"), "memory", new Quantity("128Mi"));
  private static final Map<String, Quantity> USUAL_LIMITS = Map.of("memory", new Quantity("256Mi"));

  private RunnerResources() {}

  /**
   * What a resource asks for, and for each amount that it does not name the usual one; that one
   * gives way where no pod could have both.
   */
  static ResourceRequirements filledUp(ResourceRequirements asked) {
    var limits = over(USUAL_LIMITS, asked.getLimits());
    var requests = over(USUAL_REQUESTS, asked.getRequests());
    USUAL_LIMITS.keySet().stream()
        .filter(name -> !asked.getLimits().containsKey(name))
        .forEach(name -> limits.merge(name, requests.get(name), RunnerResources::larger));
    USUAL_REQUESTS.keySet().stream()
        .filter(name -> !asked.getRequests().containsKey(name))
        .filter(limits::containsKey)
        .forEach(name -> requests.merge(name, limits.get(name), RunnerResources::smaller));
    return new ResourceRequirementsBuilder().withRequests(requests).withLimits(limits).build();
  }

  private static Map<String, Quantity> over(
      Map<String, Quantity> usual, Map<String, Quantity> asked) {
    var all = new TreeMap<>(usual);
    all.putAll(asked);
    return all;
  }

  private static Quantity larger(Quantity one, Quantity other) {
    return compare(one, other) < 0 ? other : one;
  }

  private static Quantity smaller(Quantity one, Quantity other) {
    return compare(one, other) > 0 ? other : one;
  }

  private static int compare(Quantity one, Quantity other) {
    return one.getNumericalAmount().compareTo(other.getNumericalAmount());
  }
}
