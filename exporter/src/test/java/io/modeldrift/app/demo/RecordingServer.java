package io.modeldrift.app.demo;

import static java.util.Locale.ROOT;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Stands for any HTTP server: remembers what it was sent, answers with a fixed status. */
final class RecordingServer implements AutoCloseable {

  /**
   * What was sent.
   *
   * @param id of the request, null if its sender gave none
   * @param event the attributes of a CloudEvent, without their prefix; empty if it was none
   */
  record Received(
      String path,
      String contentType,
      @Nullable String id,
      String body,
      Map<String, String> event) {}

  private final LoopbackServer server;
  private final BlockingQueue<Received> received = new LinkedBlockingQueue<>();
  private final List<Received> all = new CopyOnWriteArrayList<>();
  private final CountDownLatch mayAnswer;
  private final int status;

  private RecordingServer(int status, CountDownLatch mayAnswer) throws IOException {
    this.status = status;
    this.mayAnswer = mayAnswer;
    this.server = LoopbackServer.start("recording server", 0, this::handle);
  }

  static RecordingServer answering(int status) throws IOException {
    return new RecordingServer(status, new CountDownLatch(0));
  }

  /** Returns a server that takes requests but never answers until it is closed. */
  static RecordingServer hanging() throws IOException {
    return new RecordingServer(200, new CountDownLatch(1));
  }

  URI address() {
    return server.address();
  }

  /** Waits for the next request. */
  Received next() throws InterruptedException {
    Received next = received.poll(20, TimeUnit.SECONDS);
    if (next == null) {
      throw new AssertionError("nothing was received");
    }
    return next;
  }

  /** Returns everything received so far. */
  List<Received> all() {
    return all;
  }

  private static Map<String, String> event(Headers headers) {
    return headers.keySet().stream()
        .filter(name -> name.startsWith("Ce-"))
        .collect(Collectors.toMap(name -> name.substring(3).toLowerCase(ROOT), headers::getFirst));
  }

  private void handle(HttpExchange exchange) throws IOException {
    Received request =
        new Received(
            exchange.getRequestURI().toString(),
            exchange.getRequestHeaders().getFirst("Content-Type"),
            exchange.getRequestHeaders().getFirst("X-Request-ID"),
            new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8),
            event(exchange.getRequestHeaders()));
    all.add(request);
    received.add(request);
    try {
      mayAnswer.await();
    } catch (InterruptedException e) {
      return;
    }
    LoopbackServer.answer(exchange, status, "application/json", new byte[0]);
  }

  @Override
  public void close() {
    mayAnswer.countDown();
    server.close();
  }
}
