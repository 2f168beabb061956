package io.modeldrift.app.demo;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;

/**
 * The doors of a running exporter. At most {@value #MOST_AT_ONCE} requests are on their way; a
 * further one is dropped, so that a slow exporter never holds up the replay. Thread-safe.
 */
final class RemoteDoors implements ExporterDoors {

  private static final int MOST_AT_ONCE = 8;
  private static final Duration PATIENCE = Duration.ofSeconds(2);

  private final URI exporter;
  private final Semaphore free = new Semaphore(MOST_AT_ONCE);
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(PATIENCE).build();

  /** Takes the root address of the exporter. */
  RemoteDoors(URI exporter) {
    this.exporter = exporter;
  }

  @Override
  public void post(String path, byte[] body) {
    HttpRequest.Builder request =
        request(path)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofByteArray(body));
    send(request, answer -> {});
  }

  @Override
  public void get(String path, Consumer<byte[]> answer) {
    send(request(path).GET(), answer);
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(exporter.resolve(path)).timeout(PATIENCE);
  }

  private void send(HttpRequest.Builder request, Consumer<byte[]> answer) {
    if (!free.tryAcquire()) {
      return;
    }
    CompletableFuture<?> unused =
        client
            .sendAsync(request.build(), BodyHandlers.ofByteArray())
            .whenComplete((response, failure) -> free.release())
            .thenAccept(response -> take(response, answer));
  }

  private static void take(HttpResponse<byte[]> response, Consumer<byte[]> answer) {
    if (response.statusCode() == 200) {
      answer.accept(response.body());
    }
  }
}
