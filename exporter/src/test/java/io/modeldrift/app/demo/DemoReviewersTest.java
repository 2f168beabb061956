package io.modeldrift.app.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DemoReviewersTest {

  @Test
  void rowsOnThePage_areLeftToAPerson() {
    RecordedDoors doors = new RecordedDoors(queue(20, "0"));
    DemoReviewers reviewers = reviewers(doors, 20);

    reviewers.passed(100);

    assertThat(doors.asked()).containsExactly("/api/v1/reviews?model=flight-delay&limit=100");
    assertThat(doors.sent()).isEmpty();
  }

  @Test
  void rightAnswer_isConfirmedByOneReviewerAfterTheOther() {
    RecordedDoors doors = new RecordedDoors(queue(21, "1"));
    DemoReviewers reviewers = reviewers(doors, 20);

    reviewers.passed(100);
    reviewers.passed(199);
    reviewers.passed(200);

    assertThat(doors.sent().stream().map(sent -> sent.path() + " " + sent.body()))
        .hasSize(2)
        .allMatch(sent -> sent.startsWith("/api/v1/reviews/20 {"))
        .allMatch(sent -> sent.contains("\"confirm\""))
        .anyMatch(sent -> sent.contains("ana"))
        .anyMatch(sent -> sent.contains("ben"));
  }

  @Test
  void wrongAnswer_isOverriddenByWhatBecameOfTheFlight() {
    RecordedDoors doors = new RecordedDoors(queue(21, "0"));

    reviewers(doors, 20).passed(100);

    assertThat(doors.sent().get(0).body().path("decision").asString()).isEqualTo("override");
    assertThat(doors.sent().get(0).body().path("value").asInt()).isEqualTo(1);
  }

  @Test
  void cancelledFlight_isSkipped() {
    RecordedDoors doors = new RecordedDoors(queue(21, "0"));

    reviewers(doors, Double.NaN).passed(100);

    assertThat(doors.sent().get(0).body().path("decision").asString()).isEqualTo("skip");
  }

  @Test
  void rowOfAnEarlierRun_isLeftAlone() {
    RecordedDoors doors = new RecordedDoors(queue(30, "0"));

    new DemoReviewers(doors, 100).passed(100);

    assertThat(doors.sent()).isEmpty();
  }

  /** Returns reviewers who heard of two flights under the id {@code a}; only the second counts. */
  private static DemoReviewers reviewers(RecordedDoors doors, double minutesLate) {
    DemoReviewers reviewers = new DemoReviewers(doors, 100);
    List<Flight> flights = List.of(Flights.leaving(0), Flights.leaving(minutesLate));
    reviewers.heard(
        new Answered(DemoModel.FLIGHT_DELAY, "1", "a", flights, new double[] {0.1, 0.2}), 0);
    return reviewers;
  }

  private static String queue(int waiting, String prediction) {
    return IntStream.range(0, waiting)
        .mapToObj(
            number ->
                "{\"number\":%d,\"inference_id\":\"a\",\"row\":1,\"prediction\":\"%s\"}"
                    .formatted(number, prediction))
        .collect(Collectors.joining(",", "{\"reviews\":[", "]}"));
  }
}
