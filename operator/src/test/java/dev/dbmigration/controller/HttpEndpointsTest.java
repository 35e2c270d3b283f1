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

  private final AtomicBoolean isReady = new AtomicBoolean();

  @Test
  void healthDoesNotWaitForReadiness() throws Exception {
    try (var endpoints = HttpEndpoints.serve(0, isReady::get, () -> "metric 1\n")) {
      assertThat(get(endpoints, "/healthz").statusCode()).isEqualTo(200);
      assertThat(get(endpoints, "/readyz").statusCode()).isEqualTo(503);

      isReady.set(true);

      assertThat(get(endpoints, "/readyz").statusCode()).isEqualTo(200);
      assertThat(get(endpoints, "/metrics").body()).isEqualTo("metric 1\n");
    }
  }

  private static HttpResponse<String> get(HttpEndpoints endpoints, String path)
      throws IOException, InterruptedException {
    var uri = URI.create("http://localhost:" + endpoints.port() + path);
    try (var client = HttpClient.newHttpClient()) {
      return client.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
    }
  }
}
