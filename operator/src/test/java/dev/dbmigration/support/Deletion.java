package dev.dbmigration.support;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.mockwebserver.crud.AttributeSet;
import io.fabric8.mockwebserver.http.MockResponse;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How objects go: at once, or marked while they have finalizers; with preconditions; and with their
 * dependents, in the background, in the foreground, or orphaned.
 */
final class Deletion {

  private static final String FOREGROUND = "foregroundDeletion";

  private final ApiServer api;

  Deletion(ApiServer api) {
    this.api = api;
  }

  MockResponse carryOut(ApiRequest request, String body) {
    var options = body.isBlank() ? JsonNodeFactory.instance.objectNode() : ApiServer.parse(body);
    var found = api.matching(api.getKey(request.path())).toList();
    if (request.name().isEmpty()) {
      found.forEach(entry -> delete(entry.getKey(), propagation(request, options)));
      return success();
    }
    if (found.isEmpty()) {
      return ApiServer.notFound(request);
    }
    var object = ApiServer.parse(found.getFirst().getValue());
    if (!meets(object, options.path("preconditions"))) {
      return ApiServer.failure(409, "Conflict", "the preconditions do not hold: " + options);
    }
    delete(found.getFirst().getKey(), propagation(request, options));
    return success();
  }

  private static MockResponse success() {
    return new MockResponse()
        .setResponseCode(200)
        .setBody("{\"kind\":\"Status\",\"apiVersion\":\"v1\",\"status\":\"Success\"}");
  }

  private static String propagation(ApiRequest request, JsonNode options) {
    var named = options.path("propagationPolicy").asText();
    return named.isEmpty() ? request.parameter("propagationPolicy") : named;
  }

  private static boolean meets(JsonNode object, JsonNode preconditions) {
    return List.of("uid", "resourceVersion").stream()
        .filter(preconditions::hasNonNull)
        .allMatch(key -> preconditions.get(key).equals(object.path("metadata").path(key)));
  }

  private void delete(AttributeSet key, String propagation) {
    var object = ApiServer.parse(api.getMap().get(key));
    if (ApiServer.isMarkedForDeletion(object)) {
      return;
    }
    var dependents = dependentsOf(object);
    if (propagation.equals("Orphan")) {
      dependents.forEach(dependent -> releaseOwner(dependent, object));
    }
    boolean waits = propagation.equals("Foreground") && !dependents.isEmpty();
    if (waits) {
      finalizers(object).add(FOREGROUND);
    }
    if (finalizers(object).isEmpty()) {
      api.processEvent("", key, key, null, null);
    } else {
      mark(key, object);
    }
    if (waits) {
      dependents.forEach(dependent -> delete(dependent, "Foreground"));
    }
  }

  private void mark(AttributeSet key, ObjectNode object) {
    var metadata = (ObjectNode) object.get("metadata");
    metadata.put("deletionTimestamp", Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
    metadata.put("deletionGracePeriodSeconds", 0);
    metadata.put("generation", metadata.path("generation").asLong() + 1);
    store(key, object);
  }

  private void store(AttributeSet key, ObjectNode object) {
    var version = Long.toString(api.requestResourceVersion());
    ((ObjectNode) object.get("metadata")).put("resourceVersion", version);
    api.processEvent("", key, key, null, object.toString());
  }

  /** Deletes what a removed object owned, and ends the wait of owners that waited for it. */
  void follow(JsonNode removed) {
    dependentsOf(removed).forEach(dependent -> delete(dependent, "Background"));
    for (var reference : removed.at("/metadata/ownerReferences")) {
      var uid = reference.path("uid").asText();
      entries().stream()
          .filter(
              entry -> ApiServer.parse(entry.getValue()).at("/metadata/uid").asText().equals(uid))
          .findFirst()
          .ifPresent(owner -> endWait(owner.getKey()));
    }
  }

  private void endWait(AttributeSet key) {
    var owner = ApiServer.parse(api.getMap().get(key));
    var finalizers = finalizers(owner);
    var index = indexOf(finalizers, FOREGROUND);
    if (index.isEmpty() || !dependentsOf(owner).isEmpty()) {
      return;
    }
    finalizers.remove(index.get());
    if (finalizers.isEmpty()) {
      api.processEvent("", key, key, null, null);
    } else {
      store(key, owner);
    }
  }

  private static Optional<Integer> indexOf(ArrayNode texts, String text) {
    for (int i = 0; i < texts.size(); i++) {
      if (texts.get(i).asText().equals(text)) {
        return Optional.of(i);
      }
    }
    return Optional.empty();
  }

  private void releaseOwner(AttributeSet key, JsonNode owner) {
    var object = ApiServer.parse(api.getMap().get(key));
    ((ObjectNode) object.get("metadata")).remove("ownerReferences");
    store(key, object);
    assert !dependentsOf(owner).contains(key);
  }

  private List<AttributeSet> dependentsOf(JsonNode owner) {
    var uid = owner.at("/metadata/uid").asText();
    return entries().stream()
        .filter(entry -> entry.getValue().contains(uid))
        .filter(entry -> isOwnedBy(ApiServer.parse(entry.getValue()), uid))
        .map(Map.Entry::getKey)
        .toList();
  }

  private static boolean isOwnedBy(JsonNode object, String uid) {
    for (var reference : object.at("/metadata/ownerReferences")) {
      if (reference.path("uid").asText().equals(uid)) {
        return true;
      }
    }
    return false;
  }

  private List<Map.Entry<AttributeSet, String>> entries() {
    return api.getMap().entrySet().stream()
        .map(entry -> Map.entry(entry.getKey(), entry.getValue()))
        .toList();
  }

  private static ArrayNode finalizers(ObjectNode object) {
    return ((ObjectNode) object.get("metadata")).withArray("finalizers");
  }
}
