package io.modeldrift.app.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpResponse;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class DemoModelServerTest {

  private static final JsonMapper JSON = JsonMapper.shared();

  private DemoModelServer server;

  @BeforeEach
  void start() throws IOException {
    server = DemoModelServer.start(0);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  /** What {@code src/demo/flights.py} says about the same rows: missing values, unseen airline. */
  private static JsonNode expected() throws IOException {
    try (InputStream file =
        DemoModelServerTest.class.getResourceAsStream("expected-predictions.json")) {
      return JSON.readTree(file);
    }
  }

  @ParameterizedTest
  @EnumSource(DemoModel.class)
  void predictions_equalThoseOfTheScriptThatFitted(DemoModel model) throws Exception {
    JsonNode expected = expected();
    Map<String, Object> request = Map.of("instances", expected.findValues("instance"));

    HttpResponse<String> response = predict(model.modelName(), JSON.writeValueAsString(request));

    assertThat(response.statusCode()).isEqualTo(200);
    JsonNode predictions = JSON.readTree(response.body()).get("predictions");
    assertThat(predictions.size()).isEqualTo(expected.size()).isEqualTo(9);
    for (int i = 0; i < expected.size(); i++) {
      assertThat(predictions.get(i).doubleValue())
          .as("row %d", i)
          .isCloseTo(
              expected.get(i).get("predictions").get(model.modelName()).doubleValue(),
              withinPercentage(1e-10));
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '#',
      textBlock =
          """
          {"instances": [{"distance": 100}, {"distance": "far"}]} | instances[1]: distance is not a number
          {"inputs": {"distance": [100]}}                         | instances is missing
          {"instances": 3}                                        | not a V1 request
          {"instances": [                                         | not a V1 request
          """)
  void badRequest_isRefusedWithTheReason(String body, String message) throws Exception {
    HttpResponse<String> response = predict("flight-delay", body);

    assertThat(response.statusCode()).isEqualTo(400);
    assertThat(JSON.readTree(response.body()).get("error").stringValue()).startsWith(message);
  }

  @Test
  void unknownModel_isNotFound() throws Exception {
    HttpResponse<String> response = predict("weather", "{\"instances\": []}");

    assertThat(response.statusCode()).isEqualTo(404);
    assertThat(response.body()).contains("air-time", "flight-delay");
  }

  @Test
  void explanation_addsUpToTheDifferenceFromAnAverageFlight() throws Exception {
    HttpResponse<String> answer =
        Http.post(
            server.address().resolve("/v1/models/air-time/versions/1:explain"),
            "{\"instances\": [{\"airline\": \"ZZ\", \"distance\": 908.402, \"taxi_out\": null}]}");

    JsonNode parts = JSON.readTree(answer.body()).at("/explanations/0");
    assertThat(parts.propertyNames())
        .containsExactlyInAnyOrder("airline", "distance", "departure_delay", "taxi_out");
    assertThat(parts.get("distance").doubleValue()).isCloseTo(11.7467, within(1e-6));
    assertThat(parts.get("airline").doubleValue()).isZero();
    assertThat(parts.get("taxi_out").doubleValue()).isZero();
  }

  @Test
  void versionTwo_answersNearlyTheSame() throws Exception {
    String body =
        "{\"instances\": [{\"airline\": \"AA\", \"distance\": 800, \"day_progress\": 1}]}";

    double one = prediction(predict("flight-delay/versions/1", body));
    double two = prediction(predict("flight-delay/versions/2", body));

    assertThat(prediction(predict("flight-delay", body))).isEqualTo(one);
    assertThat(two).isNotEqualTo(one).isCloseTo(one, within(0.005));
    assertThat(predict("flight-delay/versions/3", body).statusCode()).isEqualTo(404);
  }

  private static double prediction(HttpResponse<String> answer) {
    return JSON.readTree(answer.body()).at("/predictions/0").doubleValue();
  }

  @Test
  void models_areListed() throws Exception {
    assertThat(Http.get(server.address().resolve("/v1/models")).body())
        .isEqualTo("{\"models\":[\"air-time\",\"flight-delay\"]}");
    assertThat(Http.get(server.address().resolve("/v1/models/air-time")).body())
        .contains("\"ready\":true");
  }

  @Test
  void takenPort_isAClearMessage() {
    int taken = server.address().getPort();

    assertThatThrownBy(() -> DemoModelServer.start(taken))
        .isInstanceOf(IOException.class)
        .hasMessage("port " + taken + " for the model server is already in use");
  }

  private HttpResponse<String> predict(String model, String body) throws Exception {
    return Http.post(server.address().resolve("/v1/models/" + model + ":predict"), body);
  }
}
