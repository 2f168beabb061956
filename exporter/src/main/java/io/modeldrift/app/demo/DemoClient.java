package io.modeldrift.app.demo;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * Replays flights in the order of their schedule: asks both models about every batch, over the
 * KServe V1 protocol, at a steady speed.
 *
 * <p>Used by one thread. Interrupting that thread ends a replay.
 */
public final class DemoClient {

  private static final JsonMapper JSON = JsonMapper.shared();
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  /**
   * How fast flights are replayed.
   *
   * @param rowsPerSecond flights per second, above 0
   * @param batchRows flights per request, at least 1
   */
  public record Speed(double rowsPerSecond, int batchRows) {

    /**
     * April to December in 95 seconds: 2.9 days and 20 requests to each model a second. A window of
     * 20 seconds then holds two months.
     */
    public static final Speed STORY = new Speed(800, 40);

    /** Returns how many flights are replayed in a span of time. */
    public long rowsWithin(Duration span) {
      return (long) (rowsPerSecond * span.toMillis() / 1000.0);
    }

    public Speed {
      if (!(rowsPerSecond > 0)) { // also refuses NaN
        throw new IllegalArgumentException("rows per second " + rowsPerSecond + " is not above 0");
      }
      if (batchRows < 1) {
        throw new IllegalArgumentException("batch rows " + batchRows + " is not at least 1");
      }
    }
  }

  private final URI door;
  private final Speed speed;
  private final InstantSource time;
  private final Pace.Pause pause;
  private final DemoProgress progress;
  private final DemoOutcomes outcomes;
  private final String run = UUID.randomUUID().toString();
  private long asked;
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(PATIENCE).build();

  DemoClient(
      URI door,
      Speed speed,
      DemoOutcomes outcomes,
      Consumer<String> lines,
      InstantSource time,
      Pace.Pause pause) {
    this.door = door;
    this.outcomes = outcomes;
    this.speed = speed;
    this.time = time;
    this.pause = pause;
    this.progress = new DemoProgress(lines);
  }

  /**
   * Returns a client that lives in real time.
   *
   * @param door root address of the mirror, or of the model server itself
   * @param outcomes told what became of each flight, later
   * @param lines takes one line of progress a month
   */
  public static DemoClient of(
      URI door, Speed speed, DemoOutcomes outcomes, Consumer<String> lines) {
    return new DemoClient(
        door,
        speed,
        outcomes,
        lines,
        InstantSource.system(),
        duration -> Thread.sleep(duration.toMillis()));
  }

  /**
   * Asks about every flight that is left in {@code flights}, and returns how many those were.
   *
   * @throws IOException if a request fails or is not answered by 200
   * @throws InterruptedException if the thread is interrupted, which is how to stop a replay
   */
  public long replay(Iterator<Flight> flights) throws IOException, InterruptedException {
    Pace pace = new Pace(speed.rowsPerSecond(), time, pause);
    long replayed = 0;
    while (flights.hasNext()) {
      List<Flight> batch = nextBatch(flights);
      for (DemoModel model : DemoModel.values()) {
        ask(model, batch, replayed);
      }
      batch.forEach(progress::replayed);
      replayed += batch.size();
      outcomes.report(replayed);
      pace.await(replayed);
    }
    progress.finish();
    outcomes.report(Long.MAX_VALUE);
    return replayed;
  }

  private List<Flight> nextBatch(Iterator<Flight> flights) {
    List<Flight> batch = new ArrayList<>(speed.batchRows());
    while (flights.hasNext() && batch.size() < speed.batchRows()) {
      batch.add(flights.next());
    }
    return batch;
  }

  private void ask(DemoModel model, List<Flight> batch, long replayed)
      throws IOException, InterruptedException {
    List<Flight> about = batch.stream().filter(model::isAskedAbout).toList();
    List<Map<String, @Nullable Object>> instances = about.stream().map(model::instance).toList();
    if (instances.isEmpty()) {
      return;
    }
    String id = run + "-" + asked++;
    HttpRequest request =
        HttpRequest.newBuilder(door.resolve("/v1/models/" + model.modelName() + ":predict"))
            .timeout(PATIENCE)
            .header("Content-Type", "application/json")
            .header("X-Request-ID", id)
            .POST(
                HttpRequest.BodyPublishers.ofByteArray(
                    JSON.writeValueAsBytes(Map.of("instances", instances))))
            .build();
    HttpResponse<Void> response = client.send(request, BodyHandlers.discarding());
    if (response.statusCode() != 200) {
      throw new IOException(
          model.modelName() + " answered with status " + response.statusCode() + " at " + door);
    }
    outcomes.asked(model, id, about, replayed);
  }
}
