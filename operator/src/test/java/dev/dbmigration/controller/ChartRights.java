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

/** The rights that the chart gives the operator; none of them is about Secrets. */
final class ChartRights {

  private static final Path TEMPLATE =
      Path.of("..", "helm", "dbmigration-operator", "templates", "_helpers.tpl");

  private ChartRights() {}

  /** Fails if the operator asked for something that it may not in a real cluster. */
  static void coverAll(List<ApiRequest> requests) {
    var rules = rules();
    assertThat(requests)
        .filteredOn(Cluster::isOfOperator)
        .filteredOn(request -> !request.resource().isEmpty())
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
    try {
      var yaml =
          Files.readString(TEMPLATE)
              .lines()
              .dropWhile(line -> !line.contains("define \"dbmigration.rules\""))
              .skip(1)
              .takeWhile(line -> !line.contains("{{- end"))
              .collect(Collectors.joining("\n"));
      return Arrays.asList(Serialization.unmarshal(yaml, PolicyRule[].class));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
