package dev.dbmigration.controller;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class HttpEndpointsTest {

  private final AtomicBoolean isAlive = new AtomicBoolean(true);
  private final AtomicBoolean isReady = new AtomicBoolean();

  @Test
  void healthDoesNotWaitForReadiness() throws Exception {
    try (var endpoints = serve()) {
      assertThat(get(endpoints, "/healthz").statusCode()).isEqualTo(200);
      assertThat(get(endpoints, "/readyz").statusCode()).isEqualTo(503);

      isReady.set(true);

      assertThat(get(endpoints, "/readyz").statusCode()).isEqualTo(200);
      assertThat(get(endpoints, "/metrics").body()).isEqualTo("metric 1\n");
    }
  }

  @Test
  void healthEndsWithWhatOnlyANewProcessCanBegin() throws Exception {
    isReady.set(true);
    try (var endpoints = serve()) {
      isAlive.set(false);

      assertThat(get(endpoints, "/healthz").statusCode()).isEqualTo(503);
      assertThat(get(endpoints, "/healthz").body()).isEqualTo("this replica can lead no more\n");
      assertThat(get(endpoints, "/readyz").statusCode()).isEqualTo(200);
    }
  }

  private HttpEndpoints serve() throws IOException {
    return HttpEndpoints.serve(0, isAlive::get, isReady::get, () -> "metric 1\n");
  }

  private static HttpResponse<String> get(HttpEndpoints endpoints, String path)
      throws IOException, InterruptedException {
    var uri = URI.create("http://localhost:" + endpoints.port() + path);
    try (var client = HttpClient.newHttpClient()) {
      return client.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
    }
  }
}
