package dev.dbmigration.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dbmigration.model.Checksum;
import dev.dbmigration.model.Engine;
import dev.dbmigration.model.Execution;
import dev.dbmigration.model.HistoryEntry;
import dev.dbmigration.model.Policy;
import dev.dbmigration.model.ResourceRef;
import dev.dbmigration.model.RunRequest;
import dev.dbmigration.model.Source;
import dev.dbmigration.model.Target;
import dev.dbmigration.model.Version;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class RunRequestsTest {

  @Test
  void readsBackWhatItWrote() {
    var request =
        new RunRequest(
            new ResourceRef("shop", "orders", "b9c1"),
            3,
            target(),
            new Source.Inline(new TreeMap<>(Map.of("V1__a.sql", "SELECT 1;"))),
            Optional.of(Checksum.ofText("x")),
            Map.of("tenant", "acme"),
            Optional.of("orders-placeholders"),
            Execution.DEFAULT,
            new Policy(Optional.of(Version.parse("1.2")), true),
            Optional.of(new HistoryEntry.Head(7, Checksum.ofText("head"))),
            Checksum.ofText("inputs"));

    var json = RunRequests.write(request);

    assertThat(RunRequests.read(json)).isEqualTo(request);
    assertThat(json).contains("\"baseline\":\"1.2\"").doesNotContain("\n");
  }

  @Test
  void ignoresWhatANewerOperatorAdds() {
    assertThat(RunRequests.read(RunRequests.write(minimal()).replaceFirst("\\{", "{\"new\":1,")))
        .isEqualTo(minimal());
  }

  private static RunRequest minimal() {
    return new RunRequest(
        new ResourceRef("shop", "orders", "b9c1"),
        1,
        target(),
        new Source.Inline(new TreeMap<>()),
        Optional.empty(),
        Map.of(),
        Optional.empty(),
        Execution.DEFAULT,
        Policy.STRICT,
        Optional.empty(),
        Checksum.ofText("inputs"));
  }

  private static Target target() {
    return new Target(
        Engine.POSTGRESQL,
        Optional.of("db"),
        Optional.of(5432),
        Optional.empty(),
        Optional.empty(),
        "orders-db-app",
        Target.SecretKeys.WELL_KNOWN,
        Target.Tls.UNSPECIFIED,
        Duration.ofSeconds(10));
  }
}
