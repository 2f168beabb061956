package io.modeldrift.app.demo;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reports what became of the flights, some time after the models were asked about them: outcomes
 * are never there at once.
 *
 * <p>For one thread. Posting never holds the replay up; what the exporter does not take is lost.
 */
public final class DemoOutcomes {

  private static final JsonMapper JSON = JsonMapper.shared();
  private static final int MOST_AT_ONCE = 8;
  private static final Duration PATIENCE = Duration.ofSeconds(2);

  private final Consumer<byte[]> door;
  private final long delayRows;
  private final Deque<Pending> pending = new ArrayDeque<>();

  private record Pending(long dueRow, byte[] body) {}

  /**
   * Makes a reporter.
   *
   * @param door takes the bodies of reports
   * @param delayRows after how many further flights an outcome is reported
   */
  DemoOutcomes(Consumer<byte[]> door, long delayRows) {
    this.door = door;
    this.delayRows = delayRows;
  }

  /** Returns a reporter that tells nobody. */
  public static DemoOutcomes untold() {
    return new DemoOutcomes(body -> {}, 0);
  }

  /**
   * Returns a reporter to an exporter.
   *
   * @param exporter its root address
   * @param delayRows as above
   */
  public static DemoOutcomes to(URI exporter, long delayRows) {
    HttpClient client =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(PATIENCE)
            .build();
    URI path = exporter.resolve("/api/v1/ground-truth");
    Semaphore free = new Semaphore(MOST_AT_ONCE);
    return new DemoOutcomes(body -> post(client, path, body, free), delayRows);
  }

  private static void post(HttpClient client, URI path, byte[] body, Semaphore free) {
    if (!free.tryAcquire()) {
      return;
    }
    HttpRequest report =
        HttpRequest.newBuilder(path)
            .timeout(PATIENCE)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofByteArray(body))
            .build();
    CompletableFuture<?> unused =
        client
            .sendAsync(report, BodyHandlers.discarding())
            .whenComplete((answer, failure) -> free.release());
  }

  /**
   * Remembers what one request to a model was about.
   *
   * @param id of the request
   * @param flights that the model was asked about, in order
   * @param replayed how many flights were replayed before
   */
  void asked(DemoModel model, String id, List<Flight> flights, long replayed) {
    List<Map<String, Object>> records = new ArrayList<>();
    for (int row = 0; row < flights.size(); row++) {
      OptionalDouble outcome = model.outcome(flights.get(row));
      if (outcome.isPresent()) {
        Map<String, Object> report = new LinkedHashMap<>();
        report.put("model", model.modelName());
        report.put("inference_id", id);
        report.put("row", row);
        report.put("actual", outcome.getAsDouble());
        records.add(report);
      }
    }
    if (!records.isEmpty()) {
      pending.add(new Pending(replayed + delayRows, JSON.writeValueAsBytes(records)));
    }
  }

  /** Reports what is due after so many flights. */
  void report(long replayed) {
    for (Pending next = pending.peek();
        next != null && next.dueRow() <= replayed;
        next = pending.peek()) {
      door.accept(next.body());
      pending.remove();
    }
  }
}
