package dev.dbmigration.support;

import dev.dbmigration.model.Checksum;
import dev.dbmigration.model.Engine;
import dev.dbmigration.model.Execution;
import dev.dbmigration.model.HistoryEntry;
import dev.dbmigration.model.Policy;
import dev.dbmigration.model.ResourceRef;
import dev.dbmigration.model.RunRequest;
import dev.dbmigration.model.Source;
import dev.dbmigration.model.Target;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Requests of runs, part by part: a plain PostgreSQL target whose Secret says everything, and one
 * ConfigMap.
 *
 * @param run its number
 * @param connectTimeout of the target
 * @param source where from
 * @param inlineChecksum of inline files
 * @param placeholdersSecretName Secret with placeholders
 * @param execution how
 * @param policy what is allowed
 * @param knownHead the newest entry seen
 */
public record Requests(
    int run,
    Duration connectTimeout,
    Source source,
    Optional<Checksum> inlineChecksum,
    Optional<String> placeholdersSecretName,
    Execution execution,
    Policy policy,
    Optional<HistoryEntry.Head> knownHead) {

  /** What all begin with. */
  public static Requests plain() {
    return new Requests(
        1,
        Duration.ofSeconds(20),
        new Source.ConfigMaps(
            List.of(new Source.ConfigMap("orders", Optional.empty(), Optional.empty()))),
        Optional.empty(),
        Optional.empty(),
        Execution.DEFAULT,
        Policy.STRICT,
        Optional.empty());
  }

  /** The request. */
  public RunRequest request() {
    return new RunRequest(
        new ResourceRef("shop", "orders", "b9c1d2e3"),
        run,
        target(),
        source,
        inlineChecksum,
        Map.of("tenant", "acme"),
        placeholdersSecretName,
        execution,
        policy,
        knownHead,
        Checksum.ofText("inputs"));
  }

  private Target target() {
    return new Target(
        Engine.POSTGRESQL,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        "orders-db-app",
        Target.SecretKeys.WELL_KNOWN,
        new Target.Tls(
            Optional.of(Target.TlsMode.DISABLE),
            Optional.empty(),
            Optional.empty(),
            Optional.empty()),
        connectTimeout);
  }

  /** Another run of the same. */
  public Requests numbered(int number) {
    return new Requests(
        number,
        connectTimeout,
        source,
        inlineChecksum,
        placeholdersSecretName,
        execution,
        policy,
        knownHead);
  }

  /** With another time to connect. */
  public Requests connectingWithin(Duration time) {
    return new Requests(
        run, time, source, inlineChecksum, placeholdersSecretName, execution, policy, knownHead);
  }

  /** With inline files. */
  public Requests inline(Source.Inline files, Checksum checksum) {
    return new Requests(
        run,
        connectTimeout,
        files,
        Optional.of(checksum),
        placeholdersSecretName,
        execution,
        policy,
        knownHead);
  }

  /** Of an operator that saw these files in the ConfigMap. */
  public Requests seeing(Map<String, String> files) {
    var bytes = new TreeMap<String, byte[]>();
    files.forEach((name, text) -> bytes.put(name, text.getBytes(StandardCharsets.UTF_8)));
    var seen = Optional.of(Checksum.ofFiles(bytes));
    return new Requests(
        run,
        connectTimeout,
        new Source.ConfigMaps(List.of(new Source.ConfigMap("orders", Optional.empty(), seen))),
        inlineChecksum,
        placeholdersSecretName,
        execution,
        policy,
        knownHead);
  }

  /** With a Secret of placeholders. */
  public Requests placeholdersFrom(String secretName) {
    return new Requests(
        run,
        connectTimeout,
        source,
        inlineChecksum,
        Optional.of(secretName),
        execution,
        policy,
        knownHead);
  }

  /** Executed in another way. */
  public Requests executing(Execution other) {
    return new Requests(
        run,
        connectTimeout,
        source,
        inlineChecksum,
        placeholdersSecretName,
        other,
        policy,
        knownHead);
  }

  /** With other permissions. */
  public Requests allowing(Policy other) {
    return new Requests(
        run,
        connectTimeout,
        source,
        inlineChecksum,
        placeholdersSecretName,
        execution,
        other,
        knownHead);
  }

  /** Of a resource that has seen an entry. */
  public Requests knowing(HistoryEntry.Head head) {
    return new Requests(
        run,
        connectTimeout,
        source,
        inlineChecksum,
        placeholdersSecretName,
        execution,
        policy,
        Optional.of(head));
  }
}
