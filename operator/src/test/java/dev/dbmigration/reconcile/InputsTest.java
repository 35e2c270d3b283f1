package dev.dbmigration.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dbmigration.model.Checksum;
import dev.dbmigration.model.Engine;
import dev.dbmigration.model.Execution;
import dev.dbmigration.model.Policy;
import dev.dbmigration.model.Target;
import dev.dbmigration.model.Version;
import dev.dbmigration.reconcile.Inputs.Content;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class InputsTest {

  private static final Checksum FILES = Checksum.ofText("files");

  /** Another hash would start a run of every resource when the operator is upgraded. */
  @Test
  void theHashOfGivenInputsNeverChanges() {
    assertThat(inputs(inline(), Map.of(), Policy.STRICT, Execution.DEFAULT).hash().value())
        .isEqualTo("sha256:a1f59008bf3b67663a5a5767c7c0ed2e582921eb69b0933d421cfceb9b29cf14");
  }

  @Test
  void everyPartOfTheInputsCounts() {
    var allowed = new Policy(Optional.of(Version.parse("7")), true);
    var slow =
        new Execution(
            Duration.ofSeconds(6),
            Duration.ofSeconds(1),
            31,
            Duration.ofSeconds(61),
            Duration.ofSeconds(2));
    var all =
        List.of(
            inputs(inline(), Map.of(), Policy.STRICT, Execution.DEFAULT),
            inputs(configMap("a", Optional.empty()), Map.of(), Policy.STRICT, Execution.DEFAULT),
            inputs(configMap("b", Optional.empty()), Map.of(), Policy.STRICT, Execution.DEFAULT),
            inputs(configMap("a", Optional.of("b")), Map.of(), Policy.STRICT, Execution.DEFAULT),
            inputs(inline(), Map.of("a", "b"), Policy.STRICT, Execution.DEFAULT),
            inputs(inline(), Map.of("a", "c"), Policy.STRICT, Execution.DEFAULT),
            inputs(inline(), Map.of(), allowed, Execution.DEFAULT),
            inputs(inline(), Map.of(), Policy.STRICT, slow));

    assertThat(new HashSet<>(all.stream().map(Inputs::hash).toList())).hasSize(all.size());
  }

  @Test
  void theOrderOfPlaceholdersDoesNotCount() {
    var one = Map.of("a", "1", "b", "2", "c", "3");
    var other = Map.of("c", "3", "b", "2", "a", "1");

    assertThat(inputs(inline(), one, Policy.STRICT, Execution.DEFAULT).hash())
        .isEqualTo(inputs(inline(), other, Policy.STRICT, Execution.DEFAULT).hash());
  }

  private static Content inline() {
    return new Content.Inline(FILES);
  }

  private static Content configMap(String name, Optional<String> folder) {
    return new Content.ConfigMaps(List.of(new Content.Part(name, folder, FILES)));
  }

  private static Inputs inputs(
      Content content, Map<String, String> placeholders, Policy policy, Execution execution) {
    var target =
        new Target(
            Engine.POSTGRESQL,
            Optional.of("orders-db"),
            Optional.of(5432),
            Optional.empty(),
            Optional.empty(),
            "orders-db-app",
            Target.SecretKeys.WELL_KNOWN,
            Target.Tls.UNSPECIFIED,
            Duration.ofSeconds(10));
    return new Inputs(
        target, content, Optional.of("42"), placeholders, Optional.empty(), policy, execution);
  }
}
