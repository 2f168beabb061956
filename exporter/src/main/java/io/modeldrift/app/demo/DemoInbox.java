package io.modeldrift.app.demo;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.json.JsonMapper;

/**
 * Stands in for Slack, PagerDuty and a retraining pipeline, so that alerts can be seen without an
 * account: takes what Alertmanager posts to any path, and shows it at {@code /}.
 *
 * <p>{@code GET /messages} gives the same as JSON, {@code GET /-/healthy} says that the server is
 * up. The last 100 messages are kept. Thread-safe.
 */
public final class DemoInbox implements AutoCloseable {

  static final int KEPT = 100;
  private static final int BODY_BYTES = 1 << 20;
  private static final JsonMapper JSON = JsonMapper.shared();

  private final InstantSource time;
  private final Deque<InboxMessage> messages = new ArrayDeque<>();
  private final LoopbackServer server;

  private DemoInbox(InetSocketAddress address, InstantSource time) throws IOException {
    this.time = time;
    this.server = LoopbackServer.start("inbox", address, this::handle);
  }

  /**
   * Starts the inbox.
   *
   * @throws IOException if the port is taken
   */
  public static DemoInbox start(InetSocketAddress address, InstantSource time) throws IOException {
    return new DemoInbox(address, time);
  }

  /** Returns the root address, which is the page. */
  public URI address() {
    return server.address();
  }

  private void handle(HttpExchange exchange) throws IOException {
    if (exchange.getRequestMethod().equals("POST")) {
      take(exchange);
      return;
    }
    switch (exchange.getRequestURI().getPath()) {
      case "/" -> answer(exchange, 200, "text/html; charset=utf-8", InboxPage.of(kept()));
      case "/messages" ->
          answer(exchange, 200, "application/json", JSON.writeValueAsString(kept()));
      case "/-/healthy" -> answer(exchange, 200, "text/plain", "healthy\n");
      default -> answer(exchange, 404, "text/plain", "no such page\n");
    }
  }

  /** Answers as PagerDuty does, which is good enough for Slack and webhooks. */
  private void take(HttpExchange exchange) throws IOException {
    byte[] body = exchange.getRequestBody().readNBytes(BODY_BYTES);
    Optional<InboxMessage> message = InboxMessage.read(body, time.instant());
    if (message.isEmpty()) {
      answer(exchange, 400, "text/plain", "neither Slack's, PagerDuty's nor a webhook's message\n");
      return;
    }
    keep(message.get());
    boolean pagerDuty = message.get().channel().equals("PagerDuty");
    answer(
        exchange,
        pagerDuty ? 202 : 200,
        "application/json",
        "{\"status\":\"success\",\"message\":\"\",\"dedup_key\":\"demo\"}");
  }

  private synchronized void keep(InboxMessage message) {
    if (messages.size() == KEPT) {
      messages.removeFirst();
    }
    messages.addLast(message);
  }

  private synchronized List<InboxMessage> kept() {
    return List.copyOf(messages);
  }

  private static void answer(HttpExchange exchange, int status, String contentType, String body)
      throws IOException {
    LoopbackServer.answer(exchange, status, contentType, body.getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public void close() {
    server.close();
  }
}
