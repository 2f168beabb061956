package io.modeldrift.app.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class DemoClientTest {

  private static final LocalDate JUNE = LocalDate.of(2015, 6, 30);
  private static final LocalDate JULY = LocalDate.of(2015, 7, 1);
  private static final DemoClient.Speed SPEED = new DemoClient.Speed(10, 2);

  private final List<String> lines = new ArrayList<>();
  private final PassingTime time = new PassingTime();
  private RecordingServer door;

  @BeforeEach
  void open() throws IOException {
    door = RecordingServer.answering(200);
  }

  @AfterEach
  void close() {
    door.close();
  }

  @Test
  void bothModels_areAskedInTheOrderOfTheFlights() throws Exception {
    long replayed =
        client()
            .replay(
                flights(
                    Flights.of(JUNE, "US", 3),
                    Flights.of(JULY, "AA", 20),
                    Flights.of(JULY, "B6", 1)));

    assertThat(replayed).isEqualTo(3);
    assertThat(door.all().stream().map(RecordingServer.Received::path))
        .containsExactly(
            "/v1/models/flight-delay/versions/1:predict",
            "/v1/models/air-time:predict",
            "/v1/models/flight-delay/versions/1:predict",
            "/v1/models/air-time:predict");
    assertThat(door.all().get(0).body())
        .isEqualTo(
            "{\"instances\":[{\"airline\":\"US\",\"distance\":100.0,\"day_progress\":0.5,"
                + "\"airline_delay_yesterday\":null,\"carrier\":\"network\"},"
                + "{\"airline\":\"AA\",\"distance\":100.0,\"day_progress\":0.5,"
                + "\"airline_delay_yesterday\":null,\"carrier\":\"network\"}]}");
  }

  @Test
  void challenger_getsOneFlightOfTenAndTheShadowOfOneBatchOfThree() throws Exception {
    client().replay(Collections.nCopies(20, Flights.of(JUNE, "AA", 1)).iterator());

    // Batches of two: the fourth flight and the 14th go to version 2, every third batch to both.
    List<String> questions =
        door.all().stream()
            .filter(question -> question.path().contains("flight-delay"))
            .map(question -> question.path().replaceFirst(".*/versions/", ""))
            .toList();
    assertThat(questions)
        .containsExactly(
            "1:predict",
            "1:predict",
            "2:predict",
            "1:predict",
            "2:predict",
            "1:predict",
            "1:predict",
            "1:predict",
            "2:predict",
            "1:explain",
            "1:predict",
            "2:predict",
            "1:predict",
            "1:predict",
            "2:predict",
            "1:predict");
  }

  @Test
  void shadow_isAskedTheSameUnderTheSameId() throws Exception {
    client().replay(Collections.nCopies(6, Flights.of(JUNE, "AA", 1)).iterator());

    List<RecordingServer.Received> questions =
        door.all().stream().filter(question -> question.path().contains("flight-delay")).toList();
    RecordingServer.Received champion = questions.get(questions.size() - 2);
    RecordingServer.Received shadow = questions.get(questions.size() - 1);
    assertThat(shadow.path()).isEqualTo("/v1/models/flight-delay/versions/2:predict");
    assertThat(shadow.body()).isEqualTo(champion.body());
    assertThat(shadow.id()).isEqualTo(champion.id());
  }

  @Test
  void flightThatNeverTookOff_isNoQuestionForAirTime() throws Exception {
    client().replay(flights(Flights.of(JUNE, "AA", Double.NaN), Flights.of(JUNE, "B6", 2)));

    JsonNode airTime = JsonMapper.shared().readTree(door.all().get(1).body());
    assertThat(airTime.get("instances").size()).isEqualTo(1);
    assertThat(airTime.at("/instances/0/airline").stringValue()).isEqualTo("B6");
    assertThat(airTime.at("/instances/0/departure_delay").doubleValue()).isEqualTo(2);
  }

  @Test
  void replay_takesTheTimeThatItsSpeedSays() throws Exception {
    Instant start = time.instant();

    client()
        .replay(
            flights(
                Flights.of(JUNE, "AA", 1), Flights.of(JUNE, "AA", 1), Flights.of(JUNE, "AA", 1)));

    assertThat(time.pauses).containsExactly(Duration.ofMillis(200), Duration.ofMillis(100));
    assertThat(Duration.between(start, time.instant())).isEqualTo(Duration.ofMillis(300));
  }

  @Test
  void progress_isOneLineAMonth() throws Exception {
    client()
        .replay(
            flights(
                Flights.of(JUNE, "AA", 15),
                Flights.of(JUNE, "AA", 16),
                Flights.of(JULY, "AA", Double.NaN)));

    assertThat(lines)
        .containsExactly(
            "June            2 flights  50.0 % left late  0.0 % cancelled",
            "           US Airways now flies as American: no more US, twice the AA",
            "July            1 flights   0.0 % left late  100.0 % cancelled");
  }

  @Test
  void refusal_endsTheReplayWithModelStatusAndAddress() throws Exception {
    try (RecordingServer refusing = RecordingServer.answering(503)) {
      DemoClient client =
          new DemoClient(refusing.address(), SPEED, List.of(), lines::add, time, time::pass);

      assertThatThrownBy(() -> client.replay(flights(Flights.of(JUNE, "AA", 1))))
          .isInstanceOf(IOException.class)
          .hasMessage("flight-delay answered with status 503 at " + refusing.address());
    }
  }

  @Test
  void interruptedThread_stopsReplaying() {
    Thread.currentThread().interrupt();

    assertThatThrownBy(() -> client().replay(flights(Flights.of(JUNE, "AA", 1))))
        .isInstanceOf(InterruptedException.class);
  }

  private DemoClient client() {
    return new DemoClient(door.address(), SPEED, List.of(), lines::add, time, time::pass);
  }

  private static Iterator<Flight> flights(Flight... flights) {
    return List.of(flights).iterator();
  }

  /** Time that passes only while somebody pauses. */
  private static final class PassingTime implements InstantSource {

    private Instant now = Instant.parse("2030-01-01T00:00:00Z");
    private final List<Duration> pauses = new ArrayList<>();

    void pass(Duration duration) {
      pauses.add(duration);
      now = now.plus(duration);
    }

    @Override
    public Instant instant() {
      return now;
    }
  }
}
