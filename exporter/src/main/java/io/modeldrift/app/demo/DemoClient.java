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
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Consumer;
import tools.jackson.databind.json.JsonMapper;

/**
 * Replays flights in the order of their schedule: asks both models about every batch, over the
 * KServe V1 protocol, at a steady speed. What shadows answer it does not look at.
 *
 * <p>Used by one thread. Interrupting that thread ends a replay.
 */
public final class DemoClient {

  private static final JsonMapper JSON = JsonMapper.shared();
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  /** Explanations are asked for now and then, as they are where each costs. */
  private static final int EXPLAINED_ONE_IN = 20;

  private static final int EXPLAINED_FIRST = 5;

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
  private final List<DemoWitness> witnesses;
  private final String run = UUID.randomUUID().toString();
  private long asked;
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(PATIENCE).build();

  DemoClient(
      URI door,
      Speed speed,
      List<? extends DemoWitness> witnesses,
      Consumer<String> lines,
      InstantSource time,
      Pace.Pause pause) {
    this.door = door;
    this.witnesses = List.copyOf(witnesses);
    this.speed = speed;
    this.time = time;
    this.pause = pause;
    this.progress = new DemoProgress(lines);
  }

  /**
   * Returns a client that lives in real time.
   *
   * @param door root address of the mirror, or of the model server itself
   * @param witnesses hear every answer
   * @param lines takes one line of progress a month
   */
  public static DemoClient of(
      URI door, Speed speed, List<? extends DemoWitness> witnesses, Consumer<String> lines) {
    return new DemoClient(
        door,
        speed,
        witnesses,
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
    for (long number = 0; flights.hasNext(); number++) {
      List<Flight> batch = nextBatch(flights);
      for (DemoModel model : DemoModel.values()) {
        for (Map.Entry<String, List<Flight>> version : byVersion(model, batch, replayed)) {
          ask(model, version.getKey(), version.getValue(), number, replayed);
        }
      }
      batch.forEach(progress::replayed);
      replayed += batch.size();
      passed(replayed);
      pace.await(replayed);
    }
    progress.finish();
    passed(Long.MAX_VALUE);
    return replayed;
  }

  private void passed(long replayed) {
    witnesses.forEach(witness -> witness.passed(replayed));
  }

  private List<Flight> nextBatch(Iterator<Flight> flights) {
    List<Flight> batch = new ArrayList<>(speed.batchRows());
    while (flights.hasNext() && batch.size() < speed.batchRows()) {
      batch.add(flights.next());
    }
    return batch;
  }

  private static Iterable<Map.Entry<String, List<Flight>>> byVersion(
      DemoModel model, List<Flight> batch, long replayed) {
    Map<String, List<Flight>> versions = new TreeMap<>();
    for (int i = 0; i < batch.size(); i++) {
      if (model.isAskedAbout(batch.get(i))) {
        versions
            .computeIfAbsent(model.version(replayed + i), version -> new ArrayList<>())
            .add(batch.get(i));
      }
    }
    return versions.entrySet();
  }

  private void ask(DemoModel model, String version, List<Flight> about, long number, long replayed)
      throws IOException, InterruptedException {
    byte[] instances =
        JSON.writeValueAsBytes(Map.of("instances", about.stream().map(model::instance).toList()));
    String id = run + "-" + asked++;
    byte[] answer = send(model, version, "predict", id, instances);
    Optional<String> shadow = model.shadow(number).filter(other -> !other.equals(version));
    if (shadow.isPresent()) {
      send(model, shadow.get(), "predict", id, instances);
    }
    if (number % EXPLAINED_ONE_IN == EXPLAINED_FIRST) {
      send(model, version, "explain", id + "-why", instances);
    }
    if (!witnesses.isEmpty()) {
      double[] predictions = JSON.readValue(answer, Predictions.class).predictions();
      Answered answered = new Answered(model, version, id, about, predictions);
      witnesses.forEach(witness -> witness.heard(answered, replayed));
    }
  }

  private byte[] send(DemoModel model, String version, String verb, String id, byte[] body)
      throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(door.resolve(model.path(version, verb)))
            .timeout(PATIENCE)
            .header("Content-Type", "application/json")
            .header("X-Request-ID", id)
            .POST(HttpRequest.BodyPublishers.ofByteArray(body))
            .build();
    HttpResponse<byte[]> response = client.send(request, BodyHandlers.ofByteArray());
    if (response.statusCode() != 200) {
      throw new IOException(
          model.modelName() + " answered with status " + response.statusCode() + " at " + door);
    }
    return response.body();
  }

  @SuppressWarnings("ArrayRecordComponent") // read and handed on at once
  private record Predictions(double[] predictions) {}
}
