package io.modeldrift.decode;

import static org.assertj.core.api.Assertions.assertThat;

import io.modeldrift.inference.BatchKind;
import io.modeldrift.inference.InferenceBatch;
import io.modeldrift.inference.ModelKey;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NativeFormatTest {

  private final Decoding decoding = Decoding.nativeDoor();

  @Test
  void record_becomesOneRowOfFeaturesAndPrediction() {
    InferenceBatch batch =
        decoding.batch(
            """
            {"prediction": {"score": 0.91}, "features": {"age": 35, "channel": "web", "vip": true,
             "income": null}, "id": "a1", "time": "2026-01-05T10:00:00.5+01:00",
             "version": 3, "model": "credit"}
            """);

    assertThat(batch.model()).isEqualTo(new ModelKey("credit", "3"));
    assertThat(batch.kind()).isEqualTo(BatchKind.PAIR);
    assertThat(batch.time()).isEqualTo(Instant.parse("2026-01-05T09:00:00.5Z"));
    assertThat(batch.id(0)).isEqualTo("a1");
    assertThat(Decoding.rowsOf(batch))
        .containsExactly(
            Map.of(
                "age", 35.0, "channel", "web", "vip", true, "income", "(missing)", "score", 0.91));
  }

  @Test
  void array_andNdjson_meanTheSame() {
    String first = "{\"model\":\"m\",\"features\":{\"a\":1,\"b\":\"x\"},\"prediction\":0.5}";
    String second = "{\"model\":\"m\",\"features\":{\"b\":\"y\",\"a\":NaN},\"prediction\":1}";
    List<Map<String, Object>> expected =
        List.of(
            Map.of("a", 1.0, "b", "x", "prediction", 0.5),
            Map.of("a", Double.NaN, "b", "y", "prediction", 1.0));

    assertThat(decoding.rows("[" + first + "," + second + "]")).isEqualTo(expected);
    assertThat(decoding.rows(first + "\n" + second + "\n")).isEqualTo(expected);
    assertThat(decoding.rows("\uFEFF" + first + second)).isEqualTo(expected);
  }

  @Test
  void modelsAndHalves_becomeBatchesOfTheirOwn() {
    Decoded decoded =
        decoding.decode(
            """
            {"model": "a", "features": {"x": 1}}
            {"model": "b", "features": [1, 2], "prediction": [0.1, 0.9]}
            {"model": "a", "inference_id": "i", "prediction": "yes"}
            {"model": "a", "features": {"x": 2}}
            """);

    assertThat(((Decoded.Inferences) decoded).batches())
        .extracting(b -> b.model().name() + " " + b.kind() + " " + Decoding.rowsOf(b))
        .containsExactly(
            "a REQUEST [{x=1.0}, {x=2.0}]",
            "b PAIR [{feature_0=1.0, feature_1=2.0, prediction_0=0.1, prediction_1=0.9}]",
            "a RESPONSE [{prediction=yes}]");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          [{"model":"m","features":{"age":1}},{"model":"m","features":{"age":{"x":1}}}] | native bad_shape /1/features/age
          {"model":"m","features":{"age":[1,{"x":2}]}}                     | native bad_shape /features/age/1
          {"model":"m","feature":{"age":1}}                                | native bad_shape /feature
          {"model":"m"}                                                    | native missing_field
          {"features":{"age":1}}                                           | native missing_field
          {"model":"m","features":{"age":1,}}                              | native bad_json /features/age
          {"model":"m","features":{"age":tru}}                             | native bad_json /features/age
          {"model":"m","features":{"age":1}                                | native truncated
          [{"model":"m","features":{"age":1}},{"model":"m"                 | native truncated
          {"model":"m","features":{"age":1}} {"model":                     | native truncated /1
          {"model":"m","features":{"age":1}} x                             | native bad_shape /1
          [{"model":"m","features":{"age":1}}] x                           | native bad_json
          [1]                                                              | native bad_shape /0
          {"model":{},"features":{"age":1}}                                | native bad_shape /model
          {"model":"m","time":"yesterday","features":{"age":1}}            | native bad_shape /time
          {"model":"m","features":3}                                       | native bad_shape /features
          {"model":"m","features":{"a/b~c":{}}}                            | native bad_shape /features/a~1b~0c
          []                                                               | native ignored empty
          ''                                                               | native ignored empty
          """)
  void badRecord_rejectsTheWholePayload_andNamesThePlace(String body, String verdict) {
    assertThat(decoding.rejection(body)).isEqualTo(verdict);
  }

  @Test
  void rejection_neverQuotesValues() {
    Decoded decoded = decoding.decode("{\"model\":\"m\",\"features\":{\"age\": secret42}}");

    assertThat(decoded.toString()).doesNotContain("secret");
  }

  @Test
  void record_withoutModel_belongsToTheDefaultModel() {
    DecodeSettings settings = DecodeSettings.defaults().withDefaultModel(ModelKey.of("credit"));
    PayloadDecoder decoder = Decoders.standard(settings);

    Decoded decoded =
        decoder.decode(
            new Payload(
                Payload.Door.NATIVE,
                "",
                PayloadHeaders.none(),
                "{\"features\":{\"a\":1}}".getBytes(java.nio.charset.StandardCharsets.UTF_8),
                Decoding.ARRIVAL));

    assertThat(((Decoded.Inferences) decoded).batches().get(0).model().name()).isEqualTo("credit");
  }
}
