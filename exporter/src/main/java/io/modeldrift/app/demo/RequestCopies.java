package io.modeldrift.app.demo;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Posts a copy of every request to the same path of the exporter, as nginx's {@code mirror} does.
 *
 * <p>One thread posts, in order. At most {@code capacity} bytes of requests wait; what does not fit
 * is lost and counted, and so is what the exporter did not answer in time. Thread-safe.
 */
final class RequestCopies implements TrafficCopy {

  private static final Duration PATIENCE = Duration.ofSeconds(2);

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
   * @param capacity bytes of requests that may wait
   */
  RequestCopies(URI exporter, int capacity) {
    this.exporter = exporter;
    this.freeBytes = new Semaphore(capacity);
    this.sender = LoopbackServer.daemons("demo copies").newThread(this::send);
    sender.start();
  }

  @Override
  public void offer(MirroredExchange exchange) {
    if (freeBytes.tryAcquire(exchange.request().length)) {
      waiting.add(exchange);
    } else {
      lost.incrementAndGet();
    }
  }

  private void send() {
    try {
      while (true) {
        MirroredExchange exchange = waiting.take();
        post(exchange);
        freeBytes.release(exchange.request().length);
      }
    } catch (InterruptedException e) {
      // Closed: what still waits is a copy, nobody misses it.
    }
  }

  private void post(MirroredExchange exchange) throws InterruptedException {
    HttpRequest copy =
        HttpRequest.newBuilder(URI.create(exporter + exchange.path()))
            .timeout(PATIENCE)
            .header("Content-Type", exchange.contentType())
            .header("X-Request-ID", exchange.id())
            .POST(HttpRequest.BodyPublishers.ofByteArray(exchange.request()))
            .build();
    try {
      client.send(copy, BodyHandlers.discarding());
      delivered.incrementAndGet();
    } catch (IOException e) {
      lost.incrementAndGet();
    }
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
