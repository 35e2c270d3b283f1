package dev.dbmigration.controller;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dbmigration.support.ApiRequest;
import io.fabric8.kubernetes.api.model.rbac.PolicyRule;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The rights that the chart gives the operator; none of them is about Secrets. */
final class ChartRights {

  private static final Path TEMPLATES = Path.of("..", "helm", "dbmigration-operator", "templates");

  /** Kubernetes lets everybody ask for their own rights. */
  private static final String MAY_EVERYBODY = "selfsubjectrulesreviews";

  private ChartRights() {}

  /** Fails if the operator asked for something that it may not in a real cluster. */
  static void coverAll(List<ApiRequest> requests) {
    var rules = rules();
    assertThat(requests)
        .filteredOn(Cluster::isOfOperator)
        .filteredOn(request -> !request.resource().isEmpty())
        .filteredOn(request -> !request.resource().equals(MAY_EVERYBODY))
        .allSatisfy(request -> assertThat(rules).anyMatch(rule -> allows(rule, request)));
  }

  private static boolean allows(PolicyRule rule, ApiRequest request) {
    var resource =
        request.subresource().isEmpty()
            ? request.resource()
            : request.resource() + "/" + request.subresource();
    return rule.getResources().contains(resource) && rule.getVerbs().contains(request.verb());
  }

  private static List<PolicyRule> rules() {
    var everywhere = rules("_helpers.tpl", "define \"dbmigration.rules\"", "{{- end");
    var lease = rules("rbac-lease.yaml", "rules:", "---");
    return Stream.concat(everywhere.stream(), lease.stream()).toList();
  }

  private static List<PolicyRule> rules(String file, String before, String after) {
    try {
      var yaml =
          Files.readString(TEMPLATES.resolve(file))
              .lines()
              .dropWhile(line -> !line.contains(before))
              .skip(1)
              .takeWhile(line -> !line.startsWith(after))
              .collect(Collectors.joining("\n"));
      return Arrays.asList(Serialization.unmarshal(yaml, PolicyRule[].class));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
