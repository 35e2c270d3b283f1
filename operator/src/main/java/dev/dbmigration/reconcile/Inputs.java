package dev.dbmigration.reconcile;

import dev.dbmigration.model.Checksum;
import dev.dbmigration.model.Execution;
import dev.dbmigration.model.Policy;
import dev.dbmigration.model.Target;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * All that decides what a run does, and nothing of the operator: an upgrade must not change the
 * hash. What is absent or has its default adds nothing to it, so that a field which comes later
 * does not change the hash of resources that do not use it.
 *
 * @param target where to
 * @param source where from, by content
 * @param revision as the specification names it
 * @param placeholders values by name
 * @param placeholdersSecretName Secret with more values
 * @param policy what is allowed
 * @param execution how
 */
public record Inputs(
    Target target,
    Content source,
    Optional<String> revision,
    Map<String, String> placeholders,
    Optional<String> placeholdersSecretName,
    Policy policy,
    Execution execution) {

  /** Copies the placeholders. */
  public Inputs {
    placeholders = Map.copyOf(placeholders);
  }

  /** A source, by content. */
  public sealed interface Content {

    /**
     * Files in the resource.
     *
     * @param digest over all of them
     */
    record Inline(Checksum digest) implements Content {}

    /**
     * ConfigMaps.
     *
     * @param parts in their order
     */
    record ConfigMaps(List<Part> parts) implements Content {
      /** Copies the list. */
      public ConfigMaps {
        parts = List.copyOf(parts);
      }
    }

    /**
     * One ConfigMap.
     *
     * @param name its name
     * @param folder put before its files
     * @param digest over all its files
     */
    record Part(String name, Optional<String> folder, Checksum digest) {}
  }

  /** The hash. */
  public Checksum hash() {
    var digest = new FieldDigest();
    addTarget(digest);
    addSource(digest);
    digest.add("revision", revision);
    new TreeMap<>(placeholders).forEach((name, value) -> digest.add("placeholder." + name, value));
    digest.add("placeholdersSecretName", placeholdersSecretName);
    digest.add("baseline", policy.baseline());
    digest.addUnless("outOfOrder", policy.outOfOrder(), false);
    addExecution(digest);
    return digest.value();
  }

  private void addTarget(FieldDigest digest) {
    digest.add("target.engine", target.engine().text());
    digest.add("target.host", target.host());
    digest.add("target.port", target.port());
    digest.add("target.database", target.database());
    digest.add("target.schema", target.schema());
    digest.add("target.secretName", target.secretName());
    digest.add("target.secretKeys.username", target.secretKeys().username());
    digest.add("target.secretKeys.password", target.secretKeys().password());
    digest.add("target.secretKeys.uri", target.secretKeys().uri());
    digest.add("target.secretKeys.host", target.secretKeys().host());
    digest.add("target.secretKeys.port", target.secretKeys().port());
    digest.add("target.secretKeys.database", target.secretKeys().database());
    digest.add("target.tls.mode", target.tls().mode().map(Enum::name));
    digest.add("target.tls.caSecretName", target.tls().caSecretName());
    digest.add("target.tls.caConfigMapName", target.tls().caConfigMapName());
    digest.add(
        "target.tls.clientCertificateSecretName", target.tls().clientCertificateSecretName());
    digest.addUnless(
        "target.connectTimeout", target.connectTimeout(), Target.DEFAULT_CONNECT_TIMEOUT);
  }

  private void addSource(FieldDigest digest) {
    switch (source) {
      case Content.Inline(Checksum files) -> digest.add("inline", files.value());
      case Content.ConfigMaps(List<Content.Part> parts) -> {
        for (var part : parts) {
          digest.add("configMap", part.name());
          digest.add("configMap.folder", part.folder());
          digest.add("configMap.digest", part.digest().value());
        }
      }
    }
  }

  private void addExecution(FieldDigest digest) {
    var usual = Execution.DEFAULT;
    digest.addUnless("lockTimeout", execution.lockTimeout(), usual.lockTimeout());
    digest.addUnless("statementTimeout", execution.statementTimeout(), usual.statementTimeout());
    digest.addUnless("lockRetries", execution.lockRetries(), usual.lockRetries());
    digest.addUnless("waitForLock", execution.waitForLock(), usual.waitForLock());
    digest.addUnless("deadline", execution.deadline(), usual.deadline());
  }
}
