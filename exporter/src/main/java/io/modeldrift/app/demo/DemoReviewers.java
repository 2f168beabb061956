package io.modeldrift.app.demo;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Two reviewers who look up what became of a flight and decide about one row after the other. The
 * rows that wait longest, which are those on the page, they leave to whoever watches the demo.
 *
 * <p>{@link #heard} and {@link #passed} are for one thread; answers of the exporter come on others.
 */
final class DemoReviewers implements DemoWitness {

  private static final JsonMapper JSON = JsonMapper.shared();
  private static final List<String> NAMES = List.of("ana", "ben");
  private static final int ON_PAGE = 20;
  private static final int LOOK_AT = 100;

  /** The queue of the demo holds less than two minutes' rows, at 20 requests a second. */
  private static final int REMEMBERED = 3_000;

  private final ExporterDoors doors;
  private final long everyRows;
  private final Map<String, List<Flight>> asked =
      new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, List<Flight>> eldest) {
          return size() > REMEMBERED;
        }
      };
  private long nextLook;
  private long decisions;

  /**
   * Makes the reviewers.
   *
   * @param everyRows after how many flights one of them looks at a row
   */
  DemoReviewers(ExporterDoors doors, long everyRows) {
    this.doors = doors;
    this.everyRows = everyRows;
    this.nextLook = everyRows;
  }

  @Override
  public synchronized void heard(Answered answered, long replayed) {
    if (answered.model() == DemoModel.FLIGHT_DELAY) {
      asked.put(answered.id(), answered.flights());
    }
  }

  @Override
  public void passed(long replayed) {
    if (replayed >= nextLook) {
      nextLook = replayed + everyRows;
      String model = DemoModel.FLIGHT_DELAY.modelName();
      doors.get("/api/v1/reviews?model=" + model + "&limit=" + LOOK_AT, this::decideOne);
    }
  }

  private void decideOne(byte[] answer) {
    JsonNode reviews = JSON.readTree(answer).path("reviews");
    for (int i = ON_PAGE; i < reviews.size(); i++) {
      JsonNode review = reviews.get(i);
      Flight flight = flight(review);
      if (flight != null) {
        doors.post(
            "/api/v1/reviews/" + review.path("number").asLong(),
            JSON.writeValueAsBytes(decision(review, flight)));
        return;
      }
    }
  }

  private synchronized @Nullable Flight flight(JsonNode review) {
    List<Flight> flights = asked.get(review.path("inference_id").asString(""));
    int row = review.path("row").asInt(0);
    return flights == null || row >= flights.size() ? null : flights.get(row);
  }

  private synchronized Map<String, Object> decision(JsonNode review, Flight flight) {
    String reviewer = NAMES.get((int) (decisions++ % NAMES.size()));
    OptionalDouble outcome = DemoModel.FLIGHT_DELAY.outcome(flight);
    if (outcome.isEmpty()) {
      return Map.of("decision", "skip", "reviewer", reviewer);
    }
    int actual = (int) outcome.getAsDouble();
    return review.path("prediction").asString("").equals(String.valueOf(actual))
        ? Map.of("decision", "confirm", "reviewer", reviewer)
        : Map.of("decision", "override", "value", actual, "reviewer", reviewer);
  }
}
