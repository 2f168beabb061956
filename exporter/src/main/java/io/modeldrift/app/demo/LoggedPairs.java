package io.modeldrift.app.demo;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Posts every request and its answer to the exporter as KServe's inference logger does: two
 * CloudEvents with one id and the times at which they happened; the response only after a 200. They
 * are posted to the path of the exchange, which tells the version. Of explanations only the
 * response goes, as from an explainer whose logger is set to responses.
 *
 * <p>One thread posts, in order. At most {@code capacity} bytes wait; what does not fit is lost and
 * counted, and so is what the exporter did not answer in time. Exchanges that ask no model for
 * anything are left out. Thread-safe.
 */
final class LoggedPairs implements TrafficCopy {

  private static final Duration PATIENCE = Duration.ofSeconds(2);
  private static final String EVENT_TYPE = "org.kubeflow.serving.inference.";
  private static final Pattern ASKED =
      Pattern.compile("/v1/models/([\\w.-]+)(/versions/\\d+)?:(predict|explain)(\\?.*)?");

  private final URI exporter;
  private final Semaphore freeBytes;
  private final BlockingQueue<MirroredExchange> waiting = new LinkedBlockingQueue<>();
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(PATIENCE).build();
  private final AtomicLong delivered = new AtomicLong();
  private final AtomicLong lost = new AtomicLong();
  private final Thread sender;

  /**
   * Starts the thread that posts.
   *
   * @param exporter root address of the exporter
   * @param capacity bytes of requests and answers that may wait
   */
  LoggedPairs(URI exporter, int capacity) {
    this.exporter = exporter;
    this.freeBytes = new Semaphore(capacity);
    this.sender = LoopbackServer.daemons("demo copies").newThread(this::send);
    sender.start();
  }

  @Override
  public void offer(MirroredExchange exchange) {
    if (!ASKED.matcher(exchange.path()).matches()) {
      return;
    }
    if (freeBytes.tryAcquire(bytes(exchange))) {
      waiting.add(exchange);
    } else {
      lost.incrementAndGet();
    }
  }

  private static int bytes(MirroredExchange exchange) {
    return exchange.request().length + exchange.response().length;
  }

  private void send() {
    try {
      while (true) {
        MirroredExchange exchange = waiting.take();
        post(exchange);
        freeBytes.release(bytes(exchange));
      }
    } catch (InterruptedException e) {
      // Closed: what still waits is a copy, nobody misses it.
    }
  }

  private void post(MirroredExchange exchange) throws InterruptedException {
    try {
      if (!isExplanation(exchange)) {
        post(exchange, "request", exchange.requestedAt(), exchange.request());
      }
      if (exchange.status() == 200) {
        post(exchange, "response", exchange.answeredAt(), exchange.response());
      }
      delivered.incrementAndGet();
    } catch (IOException e) {
      lost.incrementAndGet();
    }
  }

  private void post(MirroredExchange exchange, String half, Instant time, byte[] body)
      throws IOException, InterruptedException {
    HttpRequest event =
        HttpRequest.newBuilder(exporter.resolve(exchange.path()))
            .timeout(PATIENCE)
            .header("Ce-Specversion", "1.0")
            .header("Ce-Id", exchange.id())
            .header("Ce-Type", EVENT_TYPE + half)
            .header("Ce-Source", "demo-mirror")
            .header("Ce-Time", time.toString())
            .header("Ce-Inferenceservicename", name(exchange))
            .header("Content-Type", exchange.contentType())
            .POST(HttpRequest.BodyPublishers.ofByteArray(body))
            .build();
    client.send(event, BodyHandlers.discarding());
  }

  /** Its request repeats rows that the model was asked about before. */
  private static boolean isExplanation(MirroredExchange exchange) {
    Matcher path = ASKED.matcher(exchange.path());
    return path.matches() && path.group(3).equals("explain");
  }

  private static String name(MirroredExchange exchange) {
    Matcher path = ASKED.matcher(exchange.path());
    return path.matches() ? path.group(1) : "";
  }

  @Override
  public long delivered() {
    return delivered.get();
  }

  @Override
  public long lost() {
    return lost.get();
  }

  @Override
  public void close() {
    sender.interrupt();
  }
}
