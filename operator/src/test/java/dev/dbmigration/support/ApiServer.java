package dev.dbmigration.support;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.StatusBuilder;
import io.fabric8.kubernetes.client.server.mock.KubernetesCrudDispatcher;
import io.fabric8.kubernetes.client.server.mock.KubernetesResponseComposer;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.fabric8.mockwebserver.crud.AttributeSet;
import io.fabric8.mockwebserver.http.Buffer;
import io.fabric8.mockwebserver.http.MockResponse;
import io.fabric8.mockwebserver.http.RecordedRequest;
import java.net.HttpURLConnection;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Fabric8's in-memory API with what it lacks: watches from a resource version, status subresources
 * of built-in kinds, defaults of the custom resource, deletion of dependents, pod logs, discovery,
 * tables for {@code kubectl}, faults on purpose.
 */
final class ApiServer extends KubernetesCrudDispatcher {

  private static final Set<String> WITH_STATUS = Set.of("jobs", "pods");

  private final RequestLog requests;
  private final Faults faults;
  private final PodLogs logs;
  private final Watches watches = new Watches();
  private final ObjectIndex index = new ObjectIndex();
  private final Deletion deletion = new Deletion(this);
  private final CustomResource custom;
  private boolean creating;
  private String created = "";
  private long version;

  ApiServer(RequestLog requests, Faults faults, PodLogs logs, CustomResource custom) {
    super(List.of(CustomResource.CONTEXT));
    this.requests = requests;
    this.faults = faults;
    this.logs = logs;
    this.custom = custom;
  }

  Watches watches() {
    return watches;
  }

  @Override
  public synchronized MockResponse dispatch(RecordedRequest http) {
    var agent = Optional.ofNullable(http.getHeader("User-Agent")).orElse("");
    var request = ApiRequest.of(http.getMethod(), http.getPath(), agent);
    requests.add(request);
    var refused = faults.before(request);
    if (refused.isPresent()) {
      return failure(refused.get(), request);
    }
    var answer = carryOut(request, http);
    return faults.after(request).map(status -> failure(status, request)).orElse(answer);
  }

  private MockResponse carryOut(ApiRequest request, RecordedRequest http) {
    if (request.resource().isEmpty() || request.resource().endsWith("reviews")) {
      return Discovery.answer(request);
    }
    if (request.subresource().equals("log")) {
      return new MockResponse().setResponseCode(200).setBody(logs.answer(request));
    }
    return switch (request.verb()) {
      case "create" -> create(request, http);
      case "update" -> super.dispatch(asStored(request, http));
      case "patch" -> super.dispatch(http);
      case "delete" -> deletion.carryOut(request, http.getUtf8Body());
      case "watch" -> watch(request);
      default -> read(request, http);
    };
  }

  private MockResponse read(ApiRequest request, RecordedRequest http) {
    var found = matching(getKey(request.path())).map(Map.Entry::getValue).toList();
    if (found.isEmpty() && !request.name().isEmpty()) {
      return notFound(request);
    }
    return json(asTable(request, http) ? table(found) : answer(request, found));
  }

  /** {@code kubectl} asks for the columns of a table, and shows only names without. */
  private static boolean asTable(ApiRequest request, RecordedRequest http) {
    return isCustom(request)
        && Optional.ofNullable(http.getHeader("Accept")).orElse("").contains("as=Table");
  }

  private String table(List<String> found) {
    var objects = found.stream().<JsonNode>map(ApiServer::parse).toList();
    return new PrinterTable(custom.columns(), objects, Instant.now()).asTable().toString();
  }

  private String answer(ApiRequest request, List<String> found) {
    return request.name().isEmpty()
        ? new KubernetesResponseComposer().compose(found, Long.toString(version))
        : found.getFirst();
  }

  private static MockResponse json(String body) {
    return new MockResponse()
        .setResponseCode(200)
        .setHeader("Content-Type", "application/json")
        .setBody(body);
  }

  private MockResponse create(ApiRequest request, RecordedRequest http) {
    creating = true;
    try {
      var answer = super.dispatch(asStored(request, http));
      return answer.code() == HttpURLConnection.HTTP_CREATED ? answer.setBody(created) : answer;
    } finally {
      creating = false;
    }
  }

  /** A request with its object as it is stored: with defaults, without what is not stored. */
  private RecordedRequest asStored(ApiRequest request, RecordedRequest http) {
    var body = parse(http.getUtf8Body());
    if (request.verb().equals("create") && hasStatus(request)) {
      body.remove("status");
    }
    if (isCustom(request)) {
      custom.applyDefaults(body);
    }
    if (request.verb().equals("create") && request.resource().equals("pods")) {
      body.withObject("status").put("phase", "Pending");
    }
    if (request.resource().equals("secrets")) {
      encodeTexts(body);
    }
    return new RecordedRequest(
        http.getHttpVersion(),
        http.method(),
        http.getPath(),
        http.getHeaders(),
        new Buffer().writeUtf8(body.toString()));
  }

  /** A Secret's {@code stringData} is for writing only. */
  private static void encodeTexts(ObjectNode secret) {
    if (secret.remove("stringData") instanceof ObjectNode texts) {
      var data = secret.withObject("data");
      for (var text : texts.properties()) {
        var bytes = text.getValue().asText().getBytes(StandardCharsets.UTF_8);
        data.put(text.getKey(), Base64.getEncoder().encodeToString(bytes));
      }
    }
  }

  private boolean hasStatus(ApiRequest request) {
    return WITH_STATUS.contains(request.resource()) || isCustom(request);
  }

  @Override
  public boolean isStatusSubresourceEnabledForResource(String path) {
    return !creating && hasStatus(ApiRequest.of("GET", path, ""));
  }

  private MockResponse watch(ApiRequest request) {
    var query = getKey(request.path());
    var present = matching(query).map(Map.Entry::getValue).toList();
    return watches.answer(query, request.parameter("resourceVersion"), present);
  }

  /** Fabric8 asks for it before each write of an object. */
  @Override
  public Map.@Nullable Entry<AttributeSet, String> findResource(AttributeSet query) {
    return matching(query).findFirst().orElse(null);
  }

  Stream<Map.Entry<AttributeSet, String>> matching(AttributeSet query) {
    return index.matching(query).map(key -> Map.entry(key, map.get(key)));
  }

  @Override
  public long requestResourceVersion() {
    version = super.requestResourceVersion();
    return version;
  }

  private static boolean isCustom(ApiRequest request) {
    return request.resource().equals(CustomResource.CONTEXT.getPlural());
  }

  /** Every change of an object comes through here. */
  @Override
  public void processEvent(
      String path,
      AttributeSet pathAttributes,
      AttributeSet oldAttributes,
      GenericKubernetesResource resource,
      String newState) {
    var before = Optional.ofNullable(oldAttributes);
    var existing = before.map(map::get);
    var json = before.isPresent() ? newState : withUniqueId(resource);
    super.processEvent(path, pathAttributes, oldAttributes, resource, json);
    before.ifPresent(index::remove);
    if (json == null) {
      existing.ifPresent(last -> removed(before, last));
      return;
    }
    var after = attributesOf(pathAttributes, json);
    index.add(after);
    if (!existing.equals(Optional.of(json))) {
      var changed = parse(json).at("/metadata/resourceVersion").asLong();
      watches.publish(new Watches.Change(changed, before, Optional.of(after), json));
    }
  }

  /** Fabric8 counts from 1, so that the beginnings of all ids are the same. */
  private String withUniqueId(GenericKubernetesResource resource) {
    resource.getMetadata().setUid(UUID.randomUUID().toString());
    created = Serialization.asJson(resource);
    return created;
  }

  private void removed(Optional<AttributeSet> before, String json) {
    var object = parse(json);
    var gone = requestResourceVersion();
    ((ObjectNode) object.get("metadata")).put("resourceVersion", Long.toString(gone));
    watches.publish(new Watches.Change(gone, before, Optional.empty(), object.toString()));
    deletion.follow(object);
  }

  private AttributeSet attributesOf(AttributeSet pathAttributes, String json) {
    var attributes = attributeExtractor.fromResource(json);
    return attributes.containsKey("plural")
        ? attributes
        : AttributeSet.merge(pathAttributes, attributes);
  }

  static ObjectNode parse(String json) {
    return Serialization.unmarshal(json, ObjectNode.class);
  }

  static boolean isMarkedForDeletion(JsonNode object) {
    return object.at("/metadata").hasNonNull("deletionTimestamp");
  }

  static MockResponse notFound(ApiRequest request) {
    var message = request.resource() + " \"" + request.name() + "\" not found";
    return failure(404, "NotFound", message);
  }

  static MockResponse failure(int code, ApiRequest request) {
    return failure(code, "InternalError", "refused on purpose: " + request);
  }

  static MockResponse failure(int code, String reason, String message) {
    var status =
        new StatusBuilder()
            .withStatus("Failure")
            .withCode(code)
            .withReason(reason)
            .withMessage(message)
            .build();
    return new MockResponse().setResponseCode(code).setBody(Serialization.asJson(status));
  }
}
