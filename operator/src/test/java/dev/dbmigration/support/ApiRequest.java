package dev.dbmigration.support;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * One request to the API server in the words of Kubernetes' own access rules.
 *
 * @param verb {@code get}, {@code list}, {@code watch}, {@code create}, {@code update}, {@code
 *     patch} or {@code delete}
 * @param resource plural name such as {@code jobs}; empty for discovery
 * @param subresource such as {@code status}; empty for the object itself
 * @param namespace empty for all, and for what has none
 * @param name empty for lists and creations
 * @param path path and query as sent
 * @param agent the client's name for itself
 */
public record ApiRequest(
    String verb,
    String resource,
    String subresource,
    String namespace,
    String name,
    String path,
    String agent) {

  static ApiRequest of(String method, String path, String agent) {
    var segments = resourceSegments(URI.create(path).getRawPath());
    var namespace = "";
    if (segments.size() > 2 && segments.get(0).equals("namespaces")) {
      namespace = segments.get(1);
      segments = segments.subList(2, segments.size());
    }
    var name = at(segments, 1);
    var verb = verb(method, name.isEmpty(), path);
    return new ApiRequest(verb, at(segments, 0), at(segments, 2), namespace, name, path, agent);
  }

  /** Recognises a verb on a resource, without subresource or with one: {@code jobs/status}. */
  public static Predicate<ApiRequest> matching(String verb, String resource) {
    return request ->
        request.verb.equals(verb)
            && (request.subresource.isEmpty()
                    ? request.resource
                    : request.resource + "/" + request.subresource)
                .equals(resource);
  }

  /** Changes something. */
  public boolean isWrite() {
    return List.of("create", "update", "patch", "delete").contains(verb);
  }

  String plainPath() {
    return URI.create(path).getRawPath();
  }

  String parameter(String key) {
    var query = URI.create(path).getQuery();
    return Stream.of(query == null ? new String[0] : query.split("&"))
        .filter(pair -> pair.startsWith(key + "="))
        .map(pair -> pair.substring(key.length() + 1))
        .collect(Collectors.joining());
  }

  private static List<String> resourceSegments(String path) {
    var segments = new ArrayList<>(List.of(path.substring(1).split("/")));
    var prefix = segments.get(0).equals("api") ? 2 : 3;
    return segments.size() > prefix ? segments.subList(prefix, segments.size()) : List.of();
  }

  private static String at(List<String> segments, int index) {
    return index < segments.size() ? segments.get(index) : "";
  }

  private static String verb(String method, boolean collection, String path) {
    return switch (method) {
      case "POST" -> "create";
      case "PUT" -> "update";
      case "PATCH" -> "patch";
      case "DELETE" -> "delete";
      default -> path.contains("watch=true") ? "watch" : collection ? "list" : "get";
    };
  }

  @Override
  public String toString() {
    return verb + " " + path;
  }
}
