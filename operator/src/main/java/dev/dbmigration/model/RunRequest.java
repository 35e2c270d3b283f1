package dev.dbmigration.model;

import java.util.Collections;
import java.util.Map;
import java.util.Optional;

/**
 * What one run is asked to do: all of it except secrets. Given to the Job as one environment
 * variable.
 *
 * @param resource on whose behalf
 * @param run number of the run, from 1, never reused for the same resource
 * @param target where to
 * @param source where from
 * @param inlineChecksum of the inline files as packed for the Job; absent for other sources
 * @param placeholders values that are not secret, by name
 * @param placeholdersSecretName Secret with more values by name
 * @param execution how
 * @param policy what is allowed
 * @param knownHead the newest history entry that the resource has seen; absent before the first
 *     success
 * @param inputsHash digest of everything above that decides what a run does, and of the ConfigMaps'
 *     content
 */
public record RunRequest(
    ResourceRef resource,
    int run,
    Target target,
    Source source,
    Optional<Checksum> inlineChecksum,
    Map<String, String> placeholders,
    Optional<String> placeholdersSecretName,
    Execution execution,
    Policy policy,
    Optional<HistoryEntry.Head> knownHead,
    Checksum inputsHash) {

  /** Copies the placeholders. */
  public RunRequest {
    placeholders = Map.copyOf(placeholders);
  }

  /** Identifies the run in history, logs and the database's list of sessions. */
  public String runId() {
    return resource.namespace() + "/" + resource.name() + "/" + run;
  }

  /** The same request, of an inline source whose files are handed over elsewhere. */
  public RunRequest withoutInlineFiles(Checksum packed) {
    return new RunRequest(
        resource,
        run,
        target,
        new Source.Inline(Collections.emptySortedMap()),
        Optional.of(packed),
        placeholders,
        placeholdersSecretName,
        execution,
        policy,
        knownHead,
        inputsHash);
  }
}
