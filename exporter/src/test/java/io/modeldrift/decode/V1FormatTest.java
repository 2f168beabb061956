package io.modeldrift.decode;

import static org.assertj.core.api.Assertions.assertThat;

import io.modeldrift.inference.BatchKind;
import io.modeldrift.inference.InferenceBatch;
import io.modeldrift.inference.ModelKey;
import io.modeldrift.inference.SchemaProblem;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class V1FormatTest {

  private static final String PREDICT = "/v1/models/credit/versions/3:predict";

  private final Decoding decoding = Decoding.mirror(PREDICT);

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {"instances": [[35, 1200.5], [52, 80]]}             | [{feature_0=35.0, feature_1=1200.5}, {feature_0=52.0, feature_1=80.0}]
          {"instances": [{"age": 35}, {"age": 52, "x": "y"}]} | [{age=35.0}, {age=52.0, x=y}]
          {"instances": [{"age": [35], "v": [1, 2]}]}         | [{age=35.0, v_0=1.0, v_1=2.0}]
          {"instances": [3, "a", true, null]}                 | [{feature_0=3.0}, {feature_0=a}, {feature_0=true}, {feature_0=(missing)}]
          {"instances": [[[1, 2], [3, 4]]]}                   | [{feature_0=1.0, feature_1=2.0, feature_2=3.0, feature_3=4.0}]
          {"instances": [{"b64": "aGVsbG8="}]}                | [{feature_0=(opaque)}]
          {"instances": [{"a": {"b64": "aGVsbG8="}, "b": 1}]} | [{a=(opaque), b=1.0}]
          {"instances": [{"a": {"b": 1}, "c": []}]}           | [{a=(opaque), c=(missing)}]
          {"instances": [[1, {"b64": "eA=="}, 2]]}            | [{feature_0=1.0, feature_1=(opaque), feature_2=2.0}]
          {"instances": [[1,2],[3,4],[5,6]]}X                 | [{feature_0=1.0, feature_1=2.0}, {feature_0=3.0, feature_1=4.0}, {feature_0=5.0, feature_1=6.0}]
          {"inputs": {"age": [35, 52], "b": [1, "x"]}}        | [{age=35.0, b=1.0}, {age=52.0, b=x}]
          {"inputs": [[35, 1200.5], [52, 80.0]]}              | [{feature_0=35.0, feature_1=1200.5}, {feature_0=52.0, feature_1=80.0}]
          {"inputs": {"age": 35, "v": [[1, 2]]}}              | [{age=35.0, v_0=1.0, v_1=2.0}]
          {"inputs": [{"len": [5.1], "wid": [3.5]}]}          | [{len=5.1, wid=3.5}]
          {"inputs": [[{"a":5.1},{"b":3.5}]]}                 | [{a=5.1, b=3.5}]
          {"inputs": "a text"}                                | [{feature_0=a text}]
          {"context": {"c": "web"}, "examples": [{"a": 1}, {"a": 2}]} | [{a=1.0, c=web}, {a=2.0, c=web}]
          {"predictions": [0.9, 0.2]}                         | [{prediction=0.9}, {prediction=0.2}]
          {"predictions": [[0.9], [0.2]]}                     | [{prediction=0.9}, {prediction=0.2}]
          {"predictions": [[0.9, 0.1]]}                       | [{prediction_0=0.9, prediction_1=0.1}]
          {"predictions": [{"score": 0.9, "label": "no"}]}    | [{score=0.9, label=no}]
          {"predictions": 0.5}                                | [{prediction=0.5}]
          {"predictions": {"score": 0.5}}                     | [{score=0.5}]
          {"predictions": [[NaN, Infinity], [3.0, -Infinity]]}| [{prediction_0=NaN, prediction_1=Infinity}, {prediction_0=3.0, prediction_1=-Infinity}]
          {"predictions": [[NaN, Inf], [1e999, -Inf]]}        | [{prediction_0=NaN, prediction_1=Infinity}, {prediction_0=Infinity, prediction_1=-Infinity}]
          {"outputs": {"y": [1, 2]}}                          | [{y=1.0}, {y=2.0}]
          {"outputs": [[1, 2]]}                               | [{prediction_0=1.0, prediction_1=2.0}]
          {"results": [[["no", 0.9], ["", 0.1]]]}             | [{no=0.9, class_1=0.1}]
          {"result": [3.5, 4.0]}                              | [{prediction=3.5}, {prediction=4.0}]
          {"instances": [[1]], "instances": [[2]]}            | [{feature_0=2.0}]
          {"\\u0069nstances": [12345678901234567890123]}       | [{feature_0=1.2345678901234568E22}]
          """)
  void body_becomesTheseRows(String body, String rows) {
    assertThat(decoding.rows(body).toString()).isEqualTo(rows);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          ''                                        | unknown ignored empty
          {"instances": [[1,2],                     | v1 truncated
          {"instances": [[1]], "inputs": [[1]]}     | v1 ambiguous
          {"instances": {"a": 1}}                   | v1 bad_shape /instances
          {"instances": null}                       | v1 bad_shape /instances
          {"instances": []}                         | v1 ignored empty
          {"instances": [[1,,2]]}                   | v1 bad_json /instances/0/1
          {"instances": [{"a" 1}]}                  | v1 bad_json /instances/0/a
          {"results": [[1, 2]]}                     | v1 bad_shape /results/0/0
          {"error": "no such model"}                | unknown ignored error_response
          {"a": 1, "b": 2}                          | unknown unsupported
          [[1, 2]]                                  | unknown unsupported
          hello                                     | unknown unsupported
          """)
  void body_thatHoldsNoInference_endsAsThisVerdict(String body, String verdict) {
    assertThat(decoding.rejection(body)).isEqualTo(verdict);
  }

  @Test
  void deepNesting_isRefused() {
    assertThat(decoding.rejection("{\"instances\":" + "[".repeat(200))).isEqualTo("v1 depth");
    assertThat(decoding.rejection("[".repeat(200))).isEqualTo("v1 depth");
  }

  @Test
  void invalidUtf8_isToldApartFromInvalidJson() {
    byte[] body = {
      '{', '"', 'i', 'n', 's', 't', 'a', 'n', 'c', 'e', 's', '"', ':', '[', '"', -1, '"', ']', '}'
    };

    assertThat(Decoding.verdict(decoding.decode(body))).isEqualTo("v1 bad_utf8 /instances/0");
  }

  @Test
  void path_namesModelAndVersion() {
    InferenceBatch batch = decoding.batch("{\"instances\": [[1]]}");

    assertThat(batch.model()).isEqualTo(new ModelKey("credit", "3"));
    assertThat(batch.kind()).isEqualTo(BatchKind.REQUEST);
  }

  @Test
  void rowsOfDifferentLength_areKept_andCounted() {
    InferenceBatch batch = decoding.batch("{\"instances\": [[1, 2], [3], [4, 5]]}");

    assertThat(Decoding.rowsOf(batch))
        .containsExactly(
            Map.of("feature_0", 1.0, "feature_1", 2.0),
            Map.of("feature_0", 3.0),
            Map.of("feature_0", 4.0, "feature_1", 5.0));
    assertThat(batch.problems(SchemaProblem.RAGGED)).isEqualTo(1);
  }

  @Test
  void columnOfOddLength_isLeftOut_andCounted() {
    InferenceBatch batch =
        decoding.batch("{\"inputs\": {\"a\": [1, 2], \"odd\": [1], \"b\": [3, 4]}}");

    assertThat(Decoding.rowsOf(batch))
        .containsExactly(Map.of("a", 1.0, "b", 3.0), Map.of("a", 2.0, "b", 4.0));
    assertThat(batch.problems(SchemaProblem.ROW_MISMATCH)).isEqualTo(1);
  }

  @Test
  void image_isOneOpaqueValue_andLeavesItsNeighboursAlone() {
    String image = "[" + "[0.5,0.25,0.75],".repeat(400) + "[0,0,0]]";

    assertThat(decoding.rows("{\"instances\": [{\"image\": " + image + ", \"age\": 3}]}"))
        .containsExactly(Map.of("image", "(opaque)", "age", 3.0));
    assertThat(decoding.rows("{\"instances\": [" + image + ", [1, 2]]}"))
        .containsExactly(
            Map.of("feature_0", "(opaque)"), Map.of("feature_0", 1.0, "feature_1", 2.0));
    assertThat(decoding.rows("{\"inputs\": {\"image\": [" + image + "], \"age\": [3]}}"))
        .containsExactly(Map.of("image", "(opaque)", "age", 3.0));
  }

  @Test
  void explain_countsTheRequest_andIgnoresTheExplanation() {
    Decoding explain = Decoding.mirror("/v1/models/credit:explain");

    assertThat(explain.rejection("{\"instances\": [[1]]}")).isEqualTo("v1 accepted");
    assertThat(explain.rejection("{\"predictions\": [[1]]}")).isEqualTo("v1 ignored not_inference");
  }

  @Test
  void wrongContentType_changesNothing() {
    decoding.header("Content-Type", "application/x-www-form-urlencoded");

    assertThat(decoding.rows("{\"instances\": [7]}")).containsExactly(Map.of("feature_0", 7.0));
  }

  @Test
  void configuredNames_replacePositions() {
    ModelDecoding names =
        ModelDecoding.defaults()
            .withFeatures(java.util.List.of("age", "balance", "region"))
            .withOutputs(java.util.List.of("risk"));
    Decoding named =
        Decoding.with(DecodeSettings.defaults().withModels(Map.of("credit", names))).at(PREDICT);

    assertThat(named.rows("{\"instances\": [[35, 1.5], [1, 2, 3, 4]]}"))
        .containsExactly(
            Map.of("age", 35.0, "balance", 1.5, "region", "(missing)"),
            Map.of("age", 1.0, "balance", 2.0, "region", 3.0, "feature_3", 4.0));
    assertThat(named.rows("{\"predictions\": [0.5]}")).containsExactly(Map.of("risk", 0.5));
  }

  @Test
  void bareFeatures_countOnlyWhereConfigured() {
    ModelDecoding bare = ModelDecoding.defaults().withBareFeatures(true);
    Decoding decoder =
        Decoding.with(DecodeSettings.defaults().withModels(Map.of("credit", bare))).at(PREDICT);

    assertThat(decoder.rows("{\"MSZoning\": \"RL\", \"LotArea\": 8450}"))
        .containsExactly(Map.of("MSZoning", "RL", "LotArea", 8450.0));
    assertThat(decoder.rows("[[1, 2], [3, 4]]")).hasSize(2);
  }

  @Test
  void tooManyRows_orCells_areRefused() {
    Decoding few = Decoding.with(DecodeSettings.defaults().withMaxRows(2)).at(PREDICT);

    assertThat(few.rejection("{\"instances\": [1, 2]}")).isEqualTo("v1 accepted");
    assertThat(few.rejection("{\"instances\": [1, 2, 3]}")).isEqualTo("v1 too_large");
    assertThat(few.rejection("{\"inputs\": {\"a\": [1, 2, 3]}}")).isEqualTo("v1 too_large");
  }

  @Test
  void moreCellsThanTheHeapAllows_areTooLarge() {
    Decoding few = Decoding.with(DecodeSettings.defaults().withMaxCells(6)).at(PREDICT);

    assertThat(few.rows("{\"instances\": [[1, 2], [3, 4], [5, 6]]}")).hasSize(3);
    assertThat(few.rejection("{\"instances\": [[1, 2], [3, 4], [5, 6], [7, 8]]}"))
        .isEqualTo("v1 too_large");
    assertThat(few.rejection("{\"inputs\": {\"a\": [1, 2, 3, 4], \"b\": [1, 2, 3, 4]}}"))
        .isEqualTo("v1 too_large");
  }

  @ParameterizedTest
  @CsvSource({
    "50331648,    349525, 2097152",
    "134217728,   932067, 5592405",
    "17179869184, 4194304, 8388608",
    "1000,        6,       1048576"
  })
  void limits_followTheHeap(long heap, int cells, int bytes) {
    assertThat(DecodeSettings.cells(heap)).isEqualTo(cells);
    assertThat(DecodeSettings.bytes(heap)).isEqualTo(bytes);
  }

  @Test
  void arrayOfMillionsOfElements_andObjectOfThousandsOfKeys_areTooLarge() {
    String elements = "1,".repeat(5_000_000) + "1";
    String keys = "\"\":1,".repeat(70_000) + "\"\":1";
    DecodeSettings large = DecodeSettings.defaults().withMaxBytes(16 << 20);

    assertThat(
            Decoding.with(large).at(PREDICT).rejection("{\"inputs\":{\"a\":[" + elements + "]}}"))
        .isEqualTo("v1 too_large");
    assertThat(Decoding.mirror(PREDICT).rejection("{" + keys + "}")).isEqualTo("v1 too_large");
  }
}
