package io.modeldrift.decode;

import static org.assertj.core.api.Assertions.assertThat;

import io.modeldrift.inference.BatchKind;
import io.modeldrift.inference.Column;
import io.modeldrift.inference.InferenceBatch;
import io.modeldrift.inference.ModelKey;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExplanationFormatTest {

  private final Decoding decoding = Decoding.mirror("/v1/models/credit:explain");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {"explanations": [{"age": -0.5, "income": 2}]}                                 | {age=0.5, income=2.0}
          {"explanations": [{"age": -0.5, "income": null}]}                              | {age=0.5}
          {"explanations": [[-0.5, 2]], "feature_names": ["age", "income"]}              | {age=0.5, income=2.0}
          {"explanations": [[1, -2]]}                                                    | {feature_0=1.0, feature_1=2.0}
          {"data": {"shap_values": [[[1, -2]]], "feature_names": ["a", "b"]}}            | {a=1.0, b=2.0}
          {"data": {"shap_values": [[[1, -2]], [[-1, 3]]], "feature_names": ["a", "b"]}} | {a=2.0, b=5.0}
          """)
  void body_becomesTheseAttributions(String body, String attributions) {
    InferenceBatch batch = decoding.batch(body);

    assertThat(batch.kind()).isEqualTo(BatchKind.EXPLANATION);
    assertThat(batch.model()).isEqualTo(ModelKey.of("credit"));
    assertThat(firstRow(batch).toString()).isEqualTo(attributions);
  }

  @Test
  void explainerBehindALogger_isAboutItsPredictor() {
    InferenceBatch batch =
        Decoding.mirror("/")
            .header("ce-specversion", "1.0")
            .header("ce-id", "7")
            .header("ce-source", "x")
            .header("ce-type", "org.kubeflow.serving.inference.response")
            .header("ce-inferenceservicename", "credit")
            .header("ce-component", "explainer")
            .batch("{\"explanations\": [{\"age\": 1}]}");

    assertThat(batch.model()).isEqualTo(ModelKey.of("credit"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {"explanations": 3}                    | /explanations
          {"explanations": [[1], 4]}             | /explanations/1
          {"explanations": [{"age": "old"}]}     | /explanations/0/age
          {"explanations": [[1, "x"]]}           | /explanations/0/1
          """)
  void whatIsNoAttribution_isRejectedWithItsPlace(String body, String pointer) {
    assertThat(decoding.decode(body))
        .isInstanceOfSatisfying(
            Decoded.Rejected.class,
            rejected -> {
              assertThat(rejected.reason()).isEqualTo(RejectReason.BAD_SHAPE);
              assertThat(rejected.pointer()).isEqualTo(pointer);
            });
  }

  @Test
  void explanationOfAnotherShape_isNoInference() {
    assertThat(decoding.decode("{\"anchors\": [\"age > 30\"]}"))
        .isNotInstanceOf(Decoded.Inferences.class);
  }

  @Test
  void nativeRecord_mayBringItsAttributions() {
    InferenceBatch batch =
        Decoding.nativeDoor()
            .batch(
                """
                {"model": "m", "features": {"a": 1}, "attributions": {"a": -0.25}}
                {"model": "m", "features": {"a": 2}}
                """);

    assertThat(batch.rows()).isEqualTo(2);
    assertThat(firstRow(batch)).isEqualTo(Map.of("a", 0.25));
    assertThat(batch.attributions().get(0).kind(1)).isEqualTo(Column.ABSENT);
  }

  @Test
  void nativeAttributionsThatAreNone_rejectThePayload() {
    assertThat(
            Decoding.nativeDoor()
                .decode("{\"model\": \"m\", \"features\": {\"a\": 1}, \"attributions\": [1]}"))
        .isInstanceOfSatisfying(
            Decoded.Rejected.class,
            rejected -> assertThat(rejected.pointer()).isEqualTo("/attributions"));
  }

  private static Map<String, Double> firstRow(InferenceBatch batch) {
    Map<String, Double> row = new TreeMap<>();
    for (Column column : batch.attributions()) {
      if (column.kind(0) == Column.NUMBER) {
        row.put(column.name(), column.number(0));
      }
    }
    return row;
  }
}
