package io.modeldrift.decode;

import static org.assertj.core.api.Assertions.assertThat;

import io.modeldrift.inference.GroundTruth;
import io.modeldrift.inference.Value;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GroundTruthFormatTest {

  private final Decoding door = Decoding.groundTruthDoor();

  private static List<GroundTruth> truths(Decoded decoded) {
    assertThat(decoded).isInstanceOf(Decoded.Truths.class);
    return ((Decoded.Truths) decoded).truths();
  }

  private static GroundTruth byId(String id, int row, Value outcome) {
    return new GroundTruth("credit", "", List.of(id), row, outcome, Map.of(), Map.of());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"model\":\"credit\",\"inference_id\":\"a1\",\"actual\":1}",
        "[{\"model\":\"credit\",\"inference_id\":\"a1\",\"actual\":1.0}]",
        "{\"model\":\"credit\",\"prediction_id\":\"a1\",\"actual_label\":1}",
        "{\"model\":\"credit\",\"id\":\"a1\",\"ground_truth\":1,\"timestamp\":1767607200}",
        "model,inference_id,actual\ncredit,a1,1\n",
        "request_id,label,model\r\na1,1,credit\r\n"
      })
  void oneOutcome_inManyWords_isTheSame(String body) {
    assertThat(truths(door.decode(body))).containsExactly(byId("a1", 0, new Value.Numeric(1)));
  }

  @Test
  void ndjson_andRowsOfOneInference_keepTheirPlaces() {
    Decoded decoded =
        door.decode(
            """
            {"model":"credit","inference_id":"a1","row":2,"actual":true}
            {"model":"credit","inference_id":"a2","actual":["x",null]}
            """);

    assertThat(truths(decoded))
        .containsExactly(
            byId("a1", 2, new Value.Flag(true)),
            byId("a2", 0, new Value.Named("x")),
            new GroundTruth("credit", "", List.of("a2"), 1, null, Map.of(), Map.of()));
    assertThat(((Decoded.Truths) decoded).places())
        .containsExactly("/0", "/1/actual/0", "/1/actual/1");
  }

  @Test
  void inlinePrediction_comesWithItsColumnsAndSegments() {
    Decoded decoded =
        door.decode(
            """
            {"model":"credit","version":3,"prediction":{"probability":0.9},"actual":true,
             "prediction_label":"yes","segments":{"channel":"web"}}
            """);

    assertThat(truths(decoded))
        .containsExactly(
            new GroundTruth(
                "credit",
                "3",
                List.of(),
                0,
                new Value.Flag(true),
                Map.of(
                    "probability",
                    new Value.Numeric(0.9),
                    GroundTruth.LABEL,
                    new Value.Named("yes")),
                Map.of("channel", new Value.Named("web"))));
  }

  @Test
  void sagemakerRecords_areUnderstoodAtBothDoors() {
    String lines =
        """
        {"groundTruthData":{"data":"1","encoding":"CSV"},"eventMetadata":{"eventId":"a1"},"eventVersion":"0"}
        {"groundTruthData":{"data":"MA==","encoding":"BASE64"},"eventMetadata":{"eventId":"a2"},"eventVersion":"0"}
        """;
    List<GroundTruth> expected =
        List.of(
            new GroundTruth("", "", List.of("a1"), 0, new Value.Numeric(1), Map.of(), Map.of()),
            new GroundTruth("", "", List.of("a2"), 0, new Value.Numeric(0), Map.of(), Map.of()));

    assertThat(truths(door.decode(lines))).isEqualTo(expected);
    assertThat(truths(Decoding.mirror("/anything").decode(lines))).isEqualTo(expected);
  }

  @Test
  void mirroredLine_thatIsBroken_doesNotSpoilTheOthers() {
    Decoded decoded =
        Decoding.mirror("/x")
            .decode(
                """
                {"groundTruthData":{"data":"1","encoding":"CSV"},"eventMetadata":{"eventId":"a1"}}
                {"groundTruthData":{"data":"1","encoding":"CSV"},"eventMetadata":{}}
                """);

    assertThat(truths(decoded)).hasSize(1);
    assertThat(((Decoded.Truths) decoded).bad()).isEqualTo(1);
  }

  @Test
  void seldonFeedback_bringsItsPredictionAlong() {
    Decoded decoded =
        Decoding.mirror("/seldon/ns/credit/api/v1.0/feedback")
            .decode(
                """
                {"request": {"data": {"ndarray": [[35, 1200.5]]}},
                 "response": {"meta": {"puid": "q2k"}, "data": {"ndarray": [[0.09, 0.91]]}},
                 "reward": 1.0, "truth": {"data": {"ndarray": [[0, 1]]}}}
                """);

    GroundTruth truth = truths(decoded).get(0);
    assertThat(truth.ids()).containsExactly("q2k");
    assertThat(truth.outcome()).isEqualTo(new Value.Numeric(1));
    assertThat(truth.prediction())
        .containsEntry(GroundTruth.LABEL, new Value.Numeric(1))
        .containsEntry(GroundTruth.SCORE, new Value.Numeric(0.91));
  }

  @Test
  void rewardAlone_isNoOutcome() {
    assertThat(
            Decoding.mirror("/api/v1.0/feedback")
                .rejection("{\"response\":{\"data\":{\"ndarray\":[[0.1]]}},\"reward\":1}"))
        .isEqualTo("ground_truth ignored not_inference");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {"model":"m","inference_id":"a","actua":1} | ground_truth bad_shape /actua
          {"model":"m","actual":1} | ground_truth missing_field
          {"model":"m","inference_id":"a"} | ground_truth missing_field
          [{"model":"m","id":"a","actual":1},{"id":7}] | ground_truth missing_field /1
          {"id":"a","actual":{"x":1}} | ground_truth bad_shape /actual
          {"id":"a","actual":[1,[2]]} | ground_truth bad_shape /actual/1
          {"id":"a","actual":NaN} | ground_truth bad_shape /actual
          {"id":"a","actual":1,"row":-1} | ground_truth bad_shape /row
          {"id":"a","actual":1,"row":0.5} | ground_truth bad_shape /row
          {"id":"a","actual":1,"time":"yesterday"} | ground_truth bad_shape /time
          {"id":["a"],"actual":1} | ground_truth bad_shape /id
          {"actual":[1,0],"prediction":[0.5]} | ground_truth bad_shape /actual
          {"actual":1,"prediction":1,"segments":[1]} | ground_truth bad_shape /segments
          [1] | ground_truth bad_shape /0
          {"id":"a","actual":1 | ground_truth truncated
          [{"id":"a","actual":1}] x | ground_truth bad_json
          when,what | ground_truth bad_shape
          """)
  void bodyThatCannotBeUsed_isRejectedWithThePlace(String body, String verdict) {
    assertThat(door.rejection(body)).isEqualTo(verdict);
  }

  @Test
  void emptyBody_isIgnored() {
    assertThat(door.rejection(" \n")).isEqualTo("ground_truth ignored empty");
  }

  @Test
  void csvLine_withTooFewCells_isRejectedWithItsNumber() {
    assertThat(door.rejection("id,actual\na,1\nb\n")).isEqualTo("ground_truth bad_csv /1");
  }
}
