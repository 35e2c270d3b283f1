package dev.dbmigration.report;

import dev.dbmigration.model.Checksum;
import dev.dbmigration.model.Execution;
import dev.dbmigration.model.Policy;
import dev.dbmigration.model.ResourceRef;
import dev.dbmigration.model.RunRequest;
import dev.dbmigration.model.Source;
import dev.dbmigration.model.Version;
import java.time.DateTimeException;
import java.time.Duration;

/** The request of a run as JSON. */
public final class RunRequests {

  private static final String INLINE = "inline";
  private static final String CONFIG_MAPS = "configMaps";

  private RunRequests() {}

  /** Writes a request on one line; equal requests give equal texts. */
  public static String write(RunRequest request) {
    return JsonObject.empty()
        .with("resource", resource(request.resource()))
        .with("run", request.run())
        .with("target", TargetForm.write(request.target()))
        .with("source", source(request.source()))
        .withText("inlineChecksum", request.inlineChecksum())
        .with("placeholders", request.placeholders())
        .withText("placeholdersSecretName", request.placeholdersSecretName())
        .with("execution", execution(request.execution()))
        .with("policy", policy(request.policy()))
        .withObject("knownHead", request.knownHead().map(ReportForm::head))
        .with("inputsHash", request.inputsHash().toString())
        .write();
  }

  /**
   * Reads what {@link #write} wrote, also of another version of this program.
   *
   * @throws IllegalArgumentException if the text is something else
   */
  public static RunRequest read(String json) {
    try {
      return request(JsonObject.parse(json));
    } catch (IllegalArgumentException | ArithmeticException | DateTimeException e) {
      throw new IllegalArgumentException("not a run request: " + e.getMessage(), e);
    }
  }

  private static RunRequest request(JsonObject json) {
    return new RunRequest(
        resource(json.object("resource")),
        Math.toIntExact(json.number("run")),
        TargetForm.read(json.object("target")),
        source(json.object("source")),
        json.optionalText("inlineChecksum").map(Checksum::new),
        json.textsByName("placeholders"),
        json.optionalText("placeholdersSecretName"),
        execution(json.object("execution")),
        policy(json.object("policy")),
        json.optionalObject("knownHead").map(ReportForm::head),
        new Checksum(json.text("inputsHash")));
  }

  private static JsonObject resource(ResourceRef resource) {
    return JsonObject.empty()
        .with("namespace", resource.namespace())
        .with("name", resource.name())
        .with("uid", resource.uid());
  }

  private static ResourceRef resource(JsonObject json) {
    return new ResourceRef(json.text("namespace"), json.text("name"), json.text("uid"));
  }

  private static JsonObject source(Source source) {
    return switch (source) {
      case Source.Inline(var files) -> JsonObject.empty().with("type", INLINE).with("files", files);
      case Source.ConfigMaps(var configMaps) ->
          JsonObject.empty()
              .with("type", CONFIG_MAPS)
              .withObjects("configMaps", configMaps.stream().map(RunRequests::configMap).toList());
    };
  }

  private static Source source(JsonObject json) {
    var type = json.text("type");
    return switch (type) {
      case INLINE -> new Source.Inline(json.textsByName("files"));
      case CONFIG_MAPS ->
          new Source.ConfigMaps(
              json.objects("configMaps").stream().map(RunRequests::configMap).toList());
      default -> throw new IllegalArgumentException("there is no source of type " + type);
    };
  }

  private static JsonObject configMap(Source.ConfigMap configMap) {
    return JsonObject.empty()
        .with("name", configMap.name())
        .withText("folder", configMap.folder())
        .withText("content", configMap.content());
  }

  private static Source.ConfigMap configMap(JsonObject json) {
    return new Source.ConfigMap(
        json.text("name"),
        json.optionalText("folder"),
        json.optionalText("content").map(Checksum::new));
  }

  private static JsonObject execution(Execution execution) {
    return JsonObject.empty()
        .with("lockTimeout", execution.lockTimeout().toString())
        .with("statementTimeout", execution.statementTimeout().toString())
        .with("lockRetries", execution.lockRetries())
        .with("waitForLock", execution.waitForLock().toString())
        .with("deadline", execution.deadline().toString());
  }

  private static Execution execution(JsonObject json) {
    return new Execution(
        Duration.parse(json.text("lockTimeout")),
        Duration.parse(json.text("statementTimeout")),
        Math.toIntExact(json.number("lockRetries")),
        Duration.parse(json.text("waitForLock")),
        Duration.parse(json.text("deadline")));
  }

  private static JsonObject policy(Policy policy) {
    return JsonObject.empty()
        .withText("baseline", policy.baseline())
        .with("outOfOrder", policy.outOfOrder());
  }

  private static Policy policy(JsonObject json) {
    return new Policy(json.optionalText("baseline").map(Version::parse), json.flag("outOfOrder"));
  }
}
