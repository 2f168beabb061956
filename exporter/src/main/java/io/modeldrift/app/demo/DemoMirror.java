package io.modeldrift.app.demo;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.UUID;

/**
 * A tiny reverse proxy: forwards every request to the model server, answers the client, and only
 * then leaves a copy. The exporter may be slow, hung or dead without a client noticing.
 *
 * <p>Only method, path, body, content type and {@code X-Request-ID} travel on; that is all the demo
 * needs. A production mirror is nginx, Envoy or the KServe agent. Thread-safe.
 */
public final class DemoMirror implements AutoCloseable {

  private static final Duration MODEL_TIMEOUT = Duration.ofSeconds(10);
  private static final int COPY_BYTES = 8 << 20;

  private final URI model;
  private final TrafficCopy copies;
  private final InstantSource time;
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final LoopbackServer server;

  DemoMirror(int port, URI model, TrafficCopy copies, InstantSource time) throws IOException {
    this.model = model;
    this.copies = copies;
    this.time = time;
    this.server = LoopbackServer.start("mirror", port, this::handle);
  }

  /**
   * Starts the mirror on the loopback address.
   *
   * @param port 0 for any free port
   * @param model root address of the model server
   * @param exporter root address of the exporter
   * @throws IOException if the port is taken
   */
  public static DemoMirror start(int port, URI model, URI exporter) throws IOException {
    TrafficCopy copies = new LoggedPairs(exporter, COPY_BYTES);
    try {
      return new DemoMirror(port, model, copies, InstantSource.system());
    } catch (IOException e) {
      copies.close();
      throw e;
    }
  }

  /** Returns the root address that clients use instead of the model server's. */
  public URI address() {
    return server.address();
  }

  /** Returns how many copies the exporter has answered. */
  public long delivered() {
    return copies.delivered();
  }

  /** Returns how many copies found no room to wait, or no exporter that answered in time. */
  public long lost() {
    return copies.lost();
  }

  private void handle(HttpExchange exchange) throws IOException {
    Instant requestedAt = time.instant();
    byte[] request = exchange.getRequestBody().readAllBytes();
    String id = header(exchange, "X-Request-ID").orElseGet(() -> UUID.randomUUID().toString());
    HttpResponse<byte[]> response;
    try {
      response = client.send(forwarded(exchange, request, id), BodyHandlers.ofByteArray());
    } catch (IOException e) {
      answerUnreachable(exchange);
      return;
    } catch (InterruptedException e) {
      exchange.close();
      return;
    }
    Instant answeredAt = time.instant();
    LoopbackServer.answer(
        exchange,
        response.statusCode(),
        response.headers().firstValue("Content-Type").orElse("application/octet-stream"),
        response.body());
    copies.offer(
        new MirroredExchange(
            id,
            exchange.getRequestURI().toString(),
            contentType(exchange),
            requestedAt,
            request,
            response.statusCode(),
            answeredAt,
            response.body()));
  }

  private HttpRequest forwarded(HttpExchange exchange, byte[] body, String id) {
    // Resolving would let a path that starts with two slashes name another host.
    return HttpRequest.newBuilder(URI.create(model + exchange.getRequestURI().toString()))
        .timeout(MODEL_TIMEOUT)
        .header("Content-Type", contentType(exchange))
        .header("X-Request-ID", id)
        .method(exchange.getRequestMethod(), HttpRequest.BodyPublishers.ofByteArray(body))
        .build();
  }

  private static void answerUnreachable(HttpExchange exchange) throws IOException {
    byte[] body =
        "{\"error\":\"the model server does not answer\"}".getBytes(StandardCharsets.UTF_8);
    LoopbackServer.answer(exchange, 502, "application/json", body);
  }

  private static String contentType(HttpExchange exchange) {
    return header(exchange, "Content-Type").orElse("application/octet-stream");
  }

  private static Optional<String> header(HttpExchange exchange, String name) {
    return Optional.ofNullable(exchange.getRequestHeaders().getFirst(name));
  }

  @Override
  public void close() {
    server.close();
    copies.close();
  }
}
