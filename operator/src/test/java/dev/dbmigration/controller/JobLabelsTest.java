package dev.dbmigration.controller;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.dbmigration.api.v1alpha1.DatabaseMigration;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Labels and annotations that resources give to their Jobs and pods. */
class JobLabelsTest {

  private final Cluster cluster = new Cluster();

  @AfterEach
  void close() {
    cluster.close();
  }

  /** By a label the pod could become a part of somebody's Service. */
  @Test
  void areRefusedUnlessTheOperatorsSettingsAllowThem() {
    cluster.startOperator("operator");

    cluster.create(with("labels", Map.of("app", "payments")));

    cluster.awaitReady("orders", "False", "InvalidSpec");
    assertThat(cluster.condition("orders", "Ready").orElseThrow().getMessage())
        .startsWith("spec.job.labels has the key \"app\", but the operator's settings allow none.")
        .endsWith("Correct that field and apply the resource again; no run starts before.");
    assertThat(cluster.jobs()).isEmpty();
  }

  @Test
  void namesWhatIsAllowed() {
    cluster.set("RUNNER_ANNOTATIONS", "team,note").startOperator("operator");

    cluster.create(with("annotations", Map.of("note", "x", "eks.amazonaws.com/role-arn", "y")));

    cluster.awaitReady("orders", "False", "InvalidSpec");
    assertThat(cluster.condition("orders", "Ready").orElseThrow().getMessage())
        .contains("eks.amazonaws.com/role-arn", "allow only note, team");
  }

  @Test
  void areGivenToJobAndPodWhenTheyAreAllowed() {
    cluster.set("RUNNER_LABELS", "team").startOperator("operator");

    cluster.create(with("labels", Map.of("team", "payments")));

    cluster.awaitRunningPod();
    var job = cluster.jobs().getFirst();
    assertThat(job.getMetadata().getLabels()).containsEntry("team", "payments");
    assertThat(job.getSpec().getTemplate().getMetadata().getLabels())
        .containsEntry("team", "payments");
  }

  private static DatabaseMigration with(String field, Map<String, String> values) {
    var mapper = new ObjectMapper();
    var json = mapper.<ObjectNode>valueToTree(Resources.inline("orders"));
    json.withObject("/spec/job").set(field, mapper.valueToTree(values));
    return new KubernetesSerialization().unmarshal(json.toString(), DatabaseMigration.class);
  }
}
