package dev.dbmigration.controller;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Executors;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * {@code /healthz}, {@code /readyz} and {@code /metrics}. None of them depends on who leads: a
 * replica that waits for its turn is well and ready. One that waits for nothing is not well.
 */
public final class HttpEndpoints implements AutoCloseable {

  private static final String TEXT = "text/plain; version=0.0.4; charset=utf-8";

  private final HttpServer server;

  private HttpEndpoints(HttpServer server) {
    this.server = server;
  }

  /**
   * Serves them.
   *
   * @param port to listen on; 0 picks a free one
   * @param isAlive whether nothing has ended that only a new process can begin again
   * @param isReady whether everything is watched that has to be
   * @param metrics the metrics as Prometheus reads them
   * @throws IOException if the port is taken
   */
  public static HttpEndpoints serve(
      int port, BooleanSupplier isAlive, BooleanSupplier isReady, Supplier<String> metrics)
      throws IOException {
    var server = HttpServer.create(new InetSocketAddress(port), 0);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/healthz", probe(isAlive, "this replica can lead no more\n"));
    server.createContext("/readyz", probe(isReady, "not everything is watched yet\n"));
    server.createContext("/metrics", exchange -> answer(exchange, true, metrics.get()));
    server.start();
    return new HttpEndpoints(server);
  }

  /** Where it listens. */
  public int port() {
    return server.getAddress().getPort();
  }

  @Override
  public void close() {
    server.stop(0);
  }

  private static HttpHandler probe(BooleanSupplier isWell, String otherwise) {
    return exchange -> {
      boolean well = isWell.getAsBoolean();
      answer(exchange, well, well ? "ok\n" : otherwise);
    };
  }

  private static void answer(HttpExchange exchange, boolean isWell, String text)
      throws IOException {
    try (exchange) {
      var body = text.getBytes(StandardCharsets.UTF_8);
      exchange.getResponseHeaders().set("Content-Type", TEXT);
      exchange.sendResponseHeaders(
          isWell ? HttpURLConnection.HTTP_OK : HttpURLConnection.HTTP_UNAVAILABLE, body.length);
      exchange.getResponseBody().write(body);
    }
  }
}
