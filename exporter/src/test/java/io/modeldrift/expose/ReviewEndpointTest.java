package io.modeldrift.expose;

import static org.assertj.core.api.Assertions.assertThat;

import io.modeldrift.app.RawConnection;
import io.modeldrift.inference.BatchKind;
import io.modeldrift.inference.InferenceBatch;
import io.modeldrift.inference.ModelKey;
import io.modeldrift.inference.Role;
import io.modeldrift.truth.ModelTruthSettings;
import io.modeldrift.truth.OutputKind;
import io.modeldrift.truth.OutputSettings;
import io.modeldrift.truth.ReviewDesk;
import io.modeldrift.truth.ReviewSettings;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReviewEndpointTest {

  private final ReviewDesk desk =
      People.desk(
          new ReviewSettings.Sampling(1, 0, false, List.of("town")),
          new ModelTruthSettings(OutputSettings.defaults().withKind(OutputKind.BINARY), List.of()));
  private final Server server = new Server(new FakeState(), desk);

  @BeforeEach
  void twoRowsWait() {
    InferenceBatch batch = new InferenceBatch();
    batch.reset(new ModelKey("credit", "3"), BatchKind.PAIR, Server.NOW.minusSeconds(7200));
    batch.ensureRows(2);
    for (int row = 0; row < 2; row++) {
      batch.setId(row, "a" + row);
      Objects.requireNonNull(batch.column(Role.OUTPUT, "score")).setNumber(row, 0.75);
      Objects.requireNonNull(batch.column(Role.INPUT, "town")).setText(row, "<b>Bonn</b>");
    }
    desk.consider(batch);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void list_saysWhatWaitsAndWhy() {
    assertThat(server.get("/api/v1/reviews?limit=1"))
        .isEqualToIgnoringNewLines(
            "{\"waiting\":2,\"reviews\":[{\"number\":1,\"model\":\"credit\",\"version\":\"3\","
                + "\"inference_id\":\"a0\",\"row\":0,\"time\":\"2030-01-01T04:00:30Z\",\"cause\":\"random\","
                + "\"prediction\":\"1\",\"score\":0.75,\"columns\":{\"town\":\"<b>Bonn</b>\"}}]}");
    assertThat(server.get("/api/v1/reviews?model=other")).contains("\"reviews\":[]");
  }

  @ParameterizedTest
  @ValueSource(strings = {"abc", "0", "-5", "1.5"})
  void list_withAWrongLimit_isAProblem(String limit) {
    assertThat(server.response("/api/v1/reviews?limit=" + limit).statusCode()).isEqualTo(400);
  }

  @Test
  void decision_endsTheWait_andIsExported() {
    HttpResponse<String> answer =
        decide(1, "{\"decision\":\"override\",\"value\":0,\"reviewer\":\"kim\"}");

    assertThat(answer.body()).isEqualToIgnoringNewLines("{\"outcome\":\"overridden\"}");
    assertThat(desk.size()).isEqualTo(1);
    assertThat(server.get("/api/v1/reviews/decided").lines())
        .singleElement()
        .asString()
        .contains("\"outcome\":\"overridden\",\"value\":0.0,\"reviewer\":\"kim\"");
    assertThat(decide(1, "{\"decision\":\"confirm\"}").statusCode()).isEqualTo(404);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"decision\":\"perhaps\"} | 400",
        "nonsense | 400",
        "[] | 400",
        "{\"decision\":\"override\"} | 422",
        "{\"decision\":\"override\",\"value\":\"purple\"} | 422",
      })
  void badDecision_isExplained_andTheRowGoesOnWaiting(String body, int status) {
    HttpResponse<String> answer = decide(2, body);

    assertThat(answer.statusCode()).isEqualTo(status);
    assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/problem+json");
    assertThat(desk.size()).isEqualTo(2);
  }

  @ParameterizedTest
  @CsvSource({
    "/api/v1/reviews/1, Content-Length: 20000, 413",
    "/reviews/1, Content-Length: 20000, 413",
    "/api/v1/reviews/1, Transfer-Encoding: chunked, 411",
    "/reviews/1, Transfer-Encoding: chunked, 411",
  })
  void decisionThatIsTooLong_orDoesNotSayHowLong_isRefusedUnread(
      String path, String length, int status) throws Exception {
    try (RawConnection connection = RawConnection.to(server.address())) {
      String answer =
          connection.send("POST " + path + " HTTP/1.1\nHost: x\n" + length + "\n\n").head();

      assertThat(answer)
          .startsWith("HTTP/1.1 " + status + " ")
          .containsIgnoringCase("\nConnection: close\n")
          .contains("application/problem+json");
    }
    assertThat(desk.size()).isEqualTo(2);
  }

  @Test
  void page_offersTheClasses_andEscapesWhatTrafficSent() {
    String page = server.get("/reviews");

    assertThat(page)
        .contains("2 rows wait for a review.", "The model says <strong>1</strong>, score 0.75")
        .contains("<option value=\"0\">0</option>", "&lt;b&gt;Bonn&lt;/b&gt;", "2 h ago")
        .doesNotContain("<b>Bonn");
  }

  @Test
  void formOnThePage_decidesAndShowsTheNextRow() {
    HttpResponse<String> answer =
        server.post("/reviews/1", "application/x-www-form-urlencoded", "value=&decision=confirm");

    assertThat(answer.statusCode()).isEqualTo(303);
    assertThat(answer.headers().firstValue("Location")).hasValue("../reviews");
    assertThat(desk.size()).isEqualTo(1);
  }

  private HttpResponse<String> decide(int number, String body) {
    return server.post("/api/v1/reviews/" + number, "application/json", body);
  }
}
