package io.modeldrift.expose;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class StatusTest {

  private final FakeState state = new FakeState();
  private final Server server = new Server(state);

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void status_holdsModelsWindowsAndColumns() {
    state.evaluate(Models.flights());

    JsonNode model = status("/api/v1/status").at("/models/0");

    assertThat(model.at("/model").asString()).isEqualTo("flight-delay");
    assertThat(model.at("/version").asString()).isEqualTo("3");
    assertThat(model.at("/stage").asString()).isEqualTo("ready");
    assertThat(model.at("/baseline/rows").asLong()).isEqualTo(4000);
    JsonNode hour = model.at("/windows/1");
    assertThat(hour.at("/window").asString()).isEqualTo("1h");
    assertThat(hour.at("/state").asString()).isEqualTo("drifted");
    JsonNode inputs = hour.at("/families/0");
    assertThat(inputs.at("/role").asString()).isEqualTo("input");
    assertThat(inputs.at("/state").asString()).isEqualTo("drifted");
    assertThat(inputs.at("/worst").asString()).isEqualTo("airline");
    assertThat(inputs.at("/driftedShare").asDouble()).isEqualTo(0.5);
    assertThat(inputs.at("/score").asDouble()).isPositive();
    JsonNode airline = hour.at("/columns/1");
    assertThat(airline.at("/feature").asString()).isEqualTo("airline");
    assertThat(airline.at("/state").asString()).isEqualTo("drifted");
    assertThat(airline.at("/rows").asLong()).isEqualTo(800);
    assertThat(airline.at("/verdict/measure").asString()).isEqualTo("psi");
    assertThat(airline.at("/verdict/score").asDouble())
        .isGreaterThan(airline.at("/verdict/driftedThreshold").asDouble());
    assertThat(airline.at("/moved/0/bin").asString()).isEqualTo("US");
    assertThat(airline.at("/moved/0/contribution").asDouble()).isNegative();
  }

  @Test
  void challenger_saysHowItDoesBesideTheChampion_andTheChampionWhatItOwes() {
    state.evaluate(Models.flights());
    state.models = Versions.withChallenger(state.models);
    state.versions = Versions.snapshots();
    state.versionReports = Versions.reports();
    state.attributions = Models.attributions();

    JsonNode models = status("/api/v1/status").at("/models");
    JsonNode beside = models.at("/1/comparedWith/0");

    assertThat(models.at("/0/comparedWith")).isEmpty();
    assertThat(beside.at("/version").asString()).isEqualTo("3");
    assertThat(beside.at("/agreement/late").asDouble()).isEqualTo(0.7);
    assertThat(beside.at("/performance/accuracy/value").asDouble()).isCloseTo(-0.05, within(1e-9));
    assertThat(beside.at("/performance/accuracy/lower").asDouble()).isLessThan(-0.05);
    assertThat(beside.at("/states/1h/late").asString()).isNotEmpty();
    assertThat(models.at("/0/attributions/0/ndcg").asDouble()).isBetween(0.0, 1.0);
  }

  @Test
  void insufficientColumn_hasAReasonAndNoVerdict() {
    state.evaluate(Models.flights());

    JsonNode airline = status("/api/v1/status").at("/models/0/windows/0/columns/1");

    assertThat(airline.at("/state").asString()).isEqualTo("insufficient");
    assertThat(airline.at("/reason").asString()).isEqualTo("no_rows");
    assertThat(airline.has("verdict")).isFalse();
  }

  @Test
  void learningModel_hasProgressAndNoBaseline() {
    state.models = List.of(Models.learning());

    JsonNode model = status("/api/v1/status").at("/models/0");

    assertThat(model.at("/stage").asString()).isEqualTo("learning");
    assertThat(model.at("/learning/learned").asLong()).isEqualTo(1200);
    assertThat(model.at("/learning/target").asLong()).isEqualTo(5000);
    assertThat(model.has("baseline")).isFalse();
  }

  @Test
  void ledger_addsUp() {
    JsonNode ledger = status("/api/v1/status").at("/ledger");

    long parts = 0;
    for (String part : List.of("observed", "ignored", "rejected", "dropped", "waiting")) {
      parts += ledger.at("/" + part).asLong();
    }
    assertThat(ledger.at("/received").asLong()).isEqualTo(1000).isEqualTo(parts);
  }

  @Test
  void payloadThatEndsMeanwhile_isNotObservedBeforeItsRowsAre() {
    state.models = List.of(Models.flights());
    state.observeMeanwhile();

    assertThat(status("/api/v1/status").at("/ledger/observed").asLong()).isEqualTo(950);
    assertThat(status("/api/v1/status/flight-delay").at("/ledger/observed").asLong())
        .isEqualTo(951);
  }

  @Test
  void oneModel_canBeAskedFor() {
    state.evaluate(Models.flights(), Models.learning());

    JsonNode models = status("/api/v1/status/fraud").at("/models");

    assertThat(models).hasSize(1);
    assertThat(models.at("/0/model").asString()).isEqualTo("fraud");
  }

  @Test
  void unknownModel_isAProblem() {
    HttpResponse<String> response = server.response("/api/v1/status/nobody");

    assertThat(response.statusCode()).isEqualTo(404);
    assertThat(response.headers().firstValue("Content-Type")).hasValue("application/problem+json");
    assertThat(response.body()).contains("no such model");
  }

  @Test
  void health_followsTheState() {
    assertThat(server.response("/-/healthy").statusCode()).isEqualTo(200);
    assertThat(server.response("/-/ready").statusCode()).isEqualTo(200);

    state.ready = false;

    assertThat(server.response("/-/healthy").statusCode()).isEqualTo(200);
    assertThat(server.response("/-/ready").statusCode()).isEqualTo(503);
  }

  @Test
  void head_answersLikeGetWithoutABody() {
    for (String path : List.of("/", "/metrics", "/api/v1/status", "/-/healthy", "/-/ready")) {
      HttpResponse<String> response = server.head(path);

      assertThat(response.statusCode()).as(path).isEqualTo(200);
      assertThat(response.body()).as(path).isEmpty();
    }
  }

  private JsonNode status(String path) {
    return JsonMapper.shared().readTree(server.get(path));
  }
}
