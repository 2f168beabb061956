package io.modeldrift.app.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class DemoOutcomesTest {

  private final RecordedDoors doors = new RecordedDoors("");
  private final DemoOutcomes outcomes = new DemoOutcomes(doors, 100);

  @Test
  void outcomes_areReportedOnlyAfterTheDelay() {
    outcomes.heard(answered(DemoModel.FLIGHT_DELAY, "1", 0.1, Flights.leaving(20)), 40);

    outcomes.passed(139);
    assertThat(doors.sent()).isEmpty();
    outcomes.passed(140);

    assertThat(doors.sent())
        .singleElement()
        .satisfies(
            report -> {
              assertThat(report.path()).isEqualTo("/api/v1/ground-truth");
              assertThat(report.body().toString())
                  .isEqualTo(
                      "[{\"model\":\"flight-delay\",\"version\":\"1\",\"inference_id\":\"a\",\"row\":0,"
                          + "\"actual\":1.0}]");
            });
  }

  @Test
  void cancelledFlight_hasNoOutcome() {
    outcomes.heard(
        answered(DemoModel.FLIGHT_DELAY, "1", 0.1, Flights.leaving(Double.NaN), Flights.leaving(3)),
        0);
    outcomes.passed(Long.MAX_VALUE);

    JsonNode records = doors.sent().get(0).body();
    assertThat(records.size()).isEqualTo(1);
    assertThat(records.at("/0/row").asInt()).isEqualTo(1);
  }

  @Test
  void passengers_areFewAndMostlyRight() {
    Flight[] late = Collections.nCopies(40_000, Flights.leaving(20)).toArray(new Flight[0]);

    outcomes.heard(answered(DemoModel.FLIGHT_DELAY, "2", 0.3, late), 0);
    outcomes.passed(Long.MAX_VALUE);

    List<JsonNode> said = feedback();
    assertThat(said).hasSizeBetween(150, 250);
    assertThat(said).allMatch(record -> record.path("version").asString("").equals("2"));
    long up =
        said.stream().filter(record -> record.path("thumbs").asString("").equals("up")).count();
    assertThat((double) up / said.size()).isBetween(0.8, 0.97);
  }

  @Test
  void passengersWhoWereNotWarned_alsoSendCorrections() {
    Flight[] late = Collections.nCopies(40_000, Flights.leaving(20)).toArray(new Flight[0]);

    outcomes.heard(answered(DemoModel.FLIGHT_DELAY, "1", 0.2, late), 0);
    outcomes.passed(Long.MAX_VALUE);

    List<JsonNode> corrections =
        feedback().stream().filter(record -> record.has("correction")).toList();
    assertThat(corrections).hasSizeBetween(30, 110);
    assertThat(corrections).allMatch(record -> record.path("correction").asInt() == 1);
  }

  @Test
  void stars_dependOnHowFarOffTheMinutesWere() {
    Flight[] half = Collections.nCopies(4_000, Flights.leaving(0)).toArray(new Flight[0]);

    // Each of these flights was in the air for 30 minutes.
    outcomes.heard(answered(DemoModel.AIR_TIME, "", 42, half), 0);
    outcomes.heard(answered(DemoModel.AIR_TIME, "", 100, half), 0);
    outcomes.passed(Long.MAX_VALUE);

    assertThat(feedback().stream().map(record -> record.path("rating").asInt()).distinct())
        .containsExactly(3, 1);
    assertThat(feedback()).noneMatch(record -> record.has("version"));
  }

  private List<JsonNode> feedback() {
    List<JsonNode> records = new ArrayList<>();
    doors.sent().stream()
        .filter(sent -> sent.path().equals("/api/v1/feedback"))
        .forEach(sent -> sent.body().forEach(records::add));
    return records;
  }

  private static Answered answered(
      DemoModel model, String version, double prediction, Flight... flights) {
    double[] predictions = Stream.of(flights).mapToDouble(flight -> prediction).toArray();
    return new Answered(model, version, "a", List.of(flights), predictions);
  }
}
