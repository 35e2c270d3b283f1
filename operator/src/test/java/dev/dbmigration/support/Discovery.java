package dev.dbmigration.support;

import io.fabric8.mockwebserver.http.MockResponse;

/** What the API server says about itself, and about what a client may do: everything. */
final class Discovery {

  private static final String RULES =
      """
      {"kind":"SelfSubjectRulesReview","apiVersion":"authorization.k8s.io/v1","metadata":{},
       "spec":{},"status":{"incomplete":false,"nonResourceRules":[],
       "resourceRules":[{"verbs":["*"],"apiGroups":["*"],"resources":["*"]}]}}
      """;
  private static final String ACCESS =
      """
      {"kind":"SelfSubjectAccessReview","apiVersion":"authorization.k8s.io/v1","metadata":{},
       "spec":{},"status":{"allowed":true}}
      """;
  private static final String VERSION =
      """
      {"major":"1","minor":"34","gitVersion":"v1.34.0+memory","buildDate":"2026-01-01T00:00:00Z",
       "goVersion":"none","compiler":"none","platform":"memory","gitCommit":"","gitTreeState":""}
      """;
  private static final String GROUPS =
      """
      {"kind":"APIGroupList","apiVersion":"v1","groups":[%s,%s,%s]}
      """
          .formatted(
              group("batch", "v1"),
              group("coordination.k8s.io", "v1"),
              group("dbmigration.dev", "v1alpha1"));
  private static final String CORE =
      """
      {"kind":"APIResourceList","groupVersion":"v1","resources":[%s,%s,%s,%s]}
      """
          .formatted(
              kind("configmaps", "ConfigMap", "cm"),
              kind("secrets", "Secret", ""),
              kind("pods", "Pod", "po"),
              kind("events", "Event", "ev"));

  private Discovery() {}

  static MockResponse answer(ApiRequest request) {
    var path = request.plainPath();
    return switch (path) {
      case "/version", "/version/" -> ok(VERSION);
      case "/api" -> ok("{\"kind\":\"APIVersions\",\"versions\":[\"v1\"]}");
      case "/apis" -> ok(GROUPS);
      case "/api/v1" -> ok(CORE);
      case "/apis/batch/v1" -> ok(resources("batch/v1", kind("jobs", "Job", "")));
      case "/apis/coordination.k8s.io/v1" ->
          ok(resources("coordination.k8s.io/v1", kind("leases", "Lease", "")));
      case "/apis/dbmigration.dev/v1alpha1" ->
          ok(
              resources(
                  "dbmigration.dev/v1alpha1",
                  kind("databasemigrations", "DatabaseMigration", "dbm")));
      case "/apis/authorization.k8s.io/v1/selfsubjectrulesreviews" -> ok(RULES, 201);
      case "/apis/authorization.k8s.io/v1/selfsubjectaccessreviews" -> ok(ACCESS, 201);
      default ->
          path.startsWith("/healthz") || path.startsWith("/readyz") || path.startsWith("/livez")
              ? ok("\"ok\"")
              : ApiServer.failure(404, "NotFound", "the server could not find " + path);
    };
  }

  private static MockResponse ok(String body) {
    return ok(body, 200);
  }

  private static MockResponse ok(String body, int code) {
    return new MockResponse()
        .setResponseCode(code)
        .setHeader("Content-Type", "application/json")
        .setBody(body);
  }

  private static String group(String name, String version) {
    var preferred =
        "{\"groupVersion\":\"" + name + "/" + version + "\",\"version\":\"" + version + "\"}";
    return "{\"name\":\"%s\",\"versions\":[%s],\"preferredVersion\":%s}"
        .formatted(name, preferred, preferred);
  }

  private static String resources(String groupVersion, String kinds) {
    return "{\"kind\":\"APIResourceList\",\"apiVersion\":\"v1\",\"groupVersion\":\"%s\",\"resources\":[%s]}"
        .formatted(groupVersion, kinds);
  }

  private static String kind(String plural, String kind, String shortName) {
    return """
    {"name":"%s","singularName":"%s","namespaced":true,"kind":"%s","shortNames":[%s],
     "verbs":["create","delete","get","list","patch","update","watch"]}\
    """
        .formatted(
            plural,
            kind.toLowerCase(java.util.Locale.ROOT),
            kind,
            shortName.isEmpty() ? "" : "\"" + shortName + "\"");
  }
}
