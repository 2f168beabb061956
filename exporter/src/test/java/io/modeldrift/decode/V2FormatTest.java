package io.modeldrift.decode;

import static org.assertj.core.api.Assertions.assertThat;

import io.modeldrift.decode.ModelDecoding.Rank1;
import io.modeldrift.decode.ModelDecoding.RawInput;
import io.modeldrift.decode.ModelDecoding.TensorColumns;
import io.modeldrift.inference.BatchKind;
import io.modeldrift.inference.InferenceBatch;
import io.modeldrift.inference.ModelKey;
import io.modeldrift.inference.SchemaProblem;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class V2FormatTest {

  private static final String INFER = "/v2/models/credit/versions/v3/infer";
  private static final String BINARY_JSON =
      "{\"id\":\"42\",\"inputs\":[{\"name\":\"x\",\"shape\":[2,2],\"datatype\":\"FP32\","
          + "\"parameters\":{\"binary_data_size\":16}},{\"name\":\"s\",\"shape\":[2],"
          + "\"datatype\":\"BYTES\",\"parameters\":{\"binary_data_size\":13}}]}";
  private static final byte[] BINARY_TENSORS =
      Hex.bytes("0000c03f 000000c0 0000c07f 00004040 03000000 726564 02000000 6f6b");

  private final Decoding decoding = Decoding.mirror(INFER);

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {"inputs":[{"name":"age","shape":[2],"datatype":"INT64","data":[35,52]},{"name":"b","shape":[2,1],"datatype":"FP64","data":[[1200.5],[80.0]]},{"name":"c","shape":[2],"datatype":"BYTES","data":["web","x"]}],"outputs":[{"name":"score"}]} | [{age=35.0, b=1200.5, c=web}, {age=52.0, b=80.0, c=x}]
          {"inputs":[{"data":[[1,2],[3,4]],"datatype":"FP32","shape":[2,2],"name":"x"}]} | [{feature_0=1.0, feature_1=2.0}, {feature_0=3.0, feature_1=4.0}]
          {"inputs":[{"name":"x","shape":[2,2],"datatype":"fp32","data":[1,2,3,4]}]} | [{feature_0=1.0, feature_1=2.0}, {feature_0=3.0, feature_1=4.0}]
          {"inputs":[{"name":"x","shape":[1,2],"datatype":"FP32","data":[1,2]},{"name":"y","shape":[1],"datatype":"BOOL","data":[1]}]} | [{x_0=1.0, x_1=2.0, y=true}]
          {"inputs":[{"name":"x","shape":[],"datatype":"FP32","data":[7]}]} | [{x=7.0}]
          {"inputs":[{"name":"x","shape":[1],"datatype":"FP32","data":7}]} | [{x=7.0}]
          {"inputs":[{"name":"x","shape":[3],"datatype":"FP32","data":[null,NaN,"1.5"]}]} | [{x=(missing)}, {x=NaN}, {x=1.5}]
          {"inputs":[{"name":"x","shape":[2],"datatype":"BYTES","data":[1.0,2.5]}]} | [{x=1}, {x=2.5}]
          {"inputs":[{"name":"x","shape":[1],"datatype":"FP32","data":[1]},{"name":"x","shape":[1],"datatype":"FP32","data":[2]}]} | [{x=1.0, x#2=2.0}]
          {"inputs":[{"name":"x","shape":[2],"datatype":"BYTES","parameters":{"content_type":"pd_json"},"data":["1","{}"]}]} | [{x=1.0}, {x=(opaque)}]
          {"parameters":{"content_type":"base64"},"inputs":[{"name":"x","shape":[1],"datatype":"BYTES","data":["eA=="]}]} | [{x=(opaque)}]
          {"inputs":[{"name":"x","shape":[2,3],"datatype":"BYTES","parameters":{"content_type":"np"},"data":["packed"]}]} | [{x=(opaque)}, {x=(opaque)}]
          {"model_name":"m","outputs":[{"name":"score","shape":[2],"datatype":"FP32","data":[0.5,0.25]}]} | [{score=0.5}, {score=0.25}]
          {"outputs":[{"name":"p","shape":[1,2],"datatype":"FP32","data":[0.5,0.25]}]} | [{prediction_0=0.5, prediction_1=0.25}]
          {"outputs":[{"name":"p","shape":[1,2],"datatype":"BYTES","data":["0.75:1:cat","0.25:0"]}]} | [{cat=0.75, 0=0.25}]
          {"outputs":[{"name":"p","shape":[1],"datatype":"BYTES","data":["12:30:45"]}]} | [{p=12:30:45}]
          {"inputs":[{"name":"x","data":[[1,2],[3,4]]}]} | [{feature_0=1.0, feature_1=2.0}, {feature_0=3.0, feature_1=4.0}]
          """)
  void body_becomesTheseRows(String body, String rows) {
    assertThat(decoding.rows(body).toString()).isEqualTo(rows);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {"inputs":[{"name":"a","shape":[2,2],"datatype":"FP32","data":[1,2,3]}]}  | v2 bad_shape /inputs/0
          {"inputs":[{"name":"a","shape":[-1],"datatype":"FP32","data":[1]}]}       | v2 bad_shape /inputs/0
          {"inputs":[{"name":"a","shape":[9999999999,9999999999],"datatype":"FP32","data":[1]}]} | v2 bad_shape /inputs/0
          {"inputs":[{"name":"a","shape":[2,2],"datatype":"FP32","data":[[1,2,3],[4]]}]} | v2 ragged /inputs/0
          {"inputs":[{"name":"a","shape":[65536],"datatype":"BYTES","parameters":{"content_type":"base64"},"data":["x"]}]} | v2 bad_shape /inputs/0
          {"inputs":[{"name":"a","shape":[65536],"datatype":"BYTES","parameters":{"content_type":"base64","binary_data_size":5}}]}12345 | v2 bad_length /inputs/0/parameters/binary_data_size
          {"inputs":[{"name":"a","shape":[65536],"datatype":"BYTES","parameters":{"content_type":"np"},"data":["x"]}]} | v2 bad_shape /inputs/0
          {"inputs":[{"name":"a","shape":[1],"datatype":"FP32"}]}                   | v2 missing_field /inputs/0
          {"inputs":[{"name":"a","shape":[1],"datatype":"FP8","data":[1]}]}         | v2 unsupported /inputs/0
          {"inputs":[{"name":"a","shape":[1],"datatype":"FP32","parameters":{"shared_memory_region":"r"}}]} | v2 unsupported /inputs/0
          {"inputs":[{"name":"a","shape":[1],"datatype":"FP32","parameters":{"binary_data_size":-1}}]} | v2 bad_length /inputs/0/parameters/binary_data_size
          {"inputs":[{"name":"a","shape":[1],"datatype":"FP32","parameters":{"binary_data_size":"4"}}]} | v2 bad_length /inputs/0/parameters/binary_data_size
          {"inputs":[{"name":"a","shape":[1],"datatype":"FP32","parameters":{"binary_data_size":4}}]} | v2 bad_length
          {"inputs":[{"name":"a","shape":[1],"datatype":"FP32","data":[1]}]}xxxx     | v2 no_header_length
          {"inputs":[{"name":"a","shape":[0],"datatype":"FP32","data":[]}]}          | v2 ignored empty
          {"inputs":[]}                                                             | v2 ignored empty
          {"inputs":[{"name":"a","shape":[1],"datatype":"FP32","data":[1}]}         | v2 bad_json
          {"inputs":[{"name":"a","shape":[1],                                       | v2 truncated
          {"inputs":[{"name":"a","shape":[1],"datatype":"FP32","data":[1]},3]}      | v2 bad_shape /inputs/1
          {"error": "model not ready"}                                             | unknown ignored error_response
          """)
  void body_thatCannotBeUsed_endsAsThisVerdict(String body, String verdict) {
    assertThat(decoding.rejection(body)).isEqualTo(verdict);
  }

  @Test
  void binaryTensors_areReadWithAndWithoutTheLengthHeader() {
    byte[] body = Hex.join(Hex.utf8(BINARY_JSON), BINARY_TENSORS);
    assertThat(body).hasSize(214);
    String rows = "[{x_0=1.5, x_1=-2.0, s=red}, {x_0=NaN, x_1=3.0, s=ok}]";

    assertThat(decoding.rows(body).toString()).isEqualTo(rows);
    decoding.header("Inference-Header-Content-Length", "185");
    InferenceBatch batch = decoding.batch(body);
    assertThat(Decoding.rowsOf(batch).toString()).isEqualTo(rows);
    assertThat(batch.id(1)).isEqualTo("42");
    assertThat(batch.model()).isEqualTo(new ModelKey("credit", "v3"));
  }

  @ParameterizedTest
  @CsvSource({"186", "999", "-1", "x"})
  void lengthHeader_thatDoesNotFit_isRejected(String length) {
    decoding.header("Inference-Header-Content-Length", length);

    assertThat(Decoding.verdict(decoding.decode(Hex.join(Hex.utf8(BINARY_JSON), BINARY_TENSORS))))
        .isEqualTo("v2 bad_length");
  }

  @Test
  void tensorColumns_onRequest_areNamedAsTrustyAiDoes() {
    String sole =
        "{\"inputs\":[{\"name\":\"x\",\"shape\":[1,2],\"datatype\":\"FP32\",\"data\":[1,2]}]}";
    String two =
        sole.replace(
            "]}]}", "]},{\"name\":\"y\",\"shape\":[1],\"datatype\":\"FP32\",\"data\":[3]}]}");
    Decoding named = configured(ModelDecoding.defaults().withTensorColumns(TensorColumns.TENSOR));

    assertThat(named.rows(sole).toString()).isEqualTo("[{x-0=1.0, x-1=2.0}]");
    assertThat(named.rows(two).toString()).isEqualTo("[{x-0=1.0, x-1=2.0, y=3.0}]");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          FP32  | 2 | 0000c03f 000000c0 0000c07f 00004040 | [{feature_0=1.5, feature_1=-2.0}, {feature_0=NaN, feature_1=3.0}]
          fp32  | 1 | 0000c03f 000000c0                   | [{feature_0=1.5}, {feature_0=-2.0}]
          BYTES | 1 | 726564                              | [{feature_0=red}]
          BOOL  | 3 | 010001                              | [{feature_0=true, feature_1=false, feature_2=true}]
          """)
  void rawRequest_ofAKnownInput_isDecoded(String type, int columns, String hex, String rows) {
    Decoding raw =
        configured(ModelDecoding.defaults().withRawInput(new RawInput(type, columns)))
            .header("Inference-Header-Content-Length", "0");

    assertThat(raw.rows(Hex.bytes(hex)).toString()).isEqualTo(rows);
  }

  @Test
  void rawRequest_thatIsNoWholeNumberOfRows_isRejected() {
    Decoding raw =
        configured(ModelDecoding.defaults().withRawInput(new RawInput("FP32", 2)))
            .header("Inference-Header-Content-Length", "0");

    assertThat(Decoding.verdict(raw.decode(Hex.bytes("0000c03f")))).isEqualTo("v2 bad_length");
  }

  private static Decoding configured(ModelDecoding model) {
    return Decoding.with(DecodeSettings.defaults().withModels(Map.of("credit", model))).at(INFER);
  }

  @Test
  void rawRequest_ofAnUnknownInput_isUnsupported() {
    decoding.header("Inference-Header-Content-Length", "0");

    assertThat(decoding.rejection("anything")).isEqualTo("v2 unsupported");
  }

  @Test
  void bytesLeftOver_orMissing_areRejected() {
    byte[] json = Hex.utf8(BINARY_JSON);

    assertThat(Decoding.verdict(decoding.decode(Hex.join(json, BINARY_TENSORS, new byte[1]))))
        .isEqualTo("v2 bad_length");
    assertThat(Decoding.verdict(decoding.decode(Hex.join(json, new byte[20]))))
        .isEqualTo("v2 bad_length");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          BOOL   | 01 00             | 2 | [{x=true}, {x=false}]
          INT8   | ff 7f             | 2 | [{x=-1.0}, {x=127.0}]
          UINT8  | ff 7f             | 2 | [{x=255.0}, {x=127.0}]
          INT16  | feff              | 1 | [{x=-2.0}]
          UINT16 | feff              | 1 | [{x=65534.0}]
          INT32  | feffffff          | 1 | [{x=-2.0}]
          UINT32 | feffffff          | 1 | [{x=4.294967294E9}]
          INT64  | feffffffffffffff  | 1 | [{x=-2.0}]
          UINT64 | ffffffffffffffff  | 1 | [{x=1.8446744073709552E19}]
          FP16   | 003c 00c1 ff7b 0100 007c 007e | 6 | [{x=1.0}, {x=-2.5}, {x=65504.0}, {x=2^-24}, {x=Infinity}, {x=NaN}]
          BF16   | 803f 20c0 4940    | 3 | [{x=1.0}, {x=-2.5}, {x=3.140625}]
          FP32   | 0000c03f          | 1 | [{x=1.5}]
          FP64   | 000000000000f83f  | 1 | [{x=1.5}]
          BYTES  | 01000000 ff 02000000 c3a9 00000000 | 3 | [{x=(opaque)}, {x=é}, {x=}]
          """)
  void datatype_isReadFromBytes(String datatype, String hex, int count, String rows) {
    byte[] tensor = Hex.bytes(hex);
    String json =
        "{\"inputs\":[{\"name\":\"x\",\"shape\":[%d],\"datatype\":\"%s\",\"parameters\":{\"binary_data_size\":%d}}]}"
            .formatted(count, datatype, tensor.length);

    // Java 19 and later write the smallest half-precision number with fewer digits.
    assertThat(decoding.rows(Hex.join(Hex.utf8(json), tensor)).toString())
        .isEqualTo(rows.replace("2^-24", String.valueOf(0x1p-24)));
  }

  @Test
  void mixOfJsonAndBinaryTensors_isRead() {
    String json =
        "{\"inputs\":[{\"name\":\"a\",\"shape\":[1],\"datatype\":\"INT8\",\"parameters\":{\"binary_data_size\":1}},"
            + "{\"name\":\"b\",\"shape\":[1],\"datatype\":\"INT8\",\"data\":[2]},"
            + "{\"name\":\"c\",\"shape\":[1],\"datatype\":\"INT8\",\"parameters\":{\"binary_data_size\":1}}]}";

    assertThat(decoding.rows(Hex.join(Hex.utf8(json), new byte[] {1, 3})).toString())
        .isEqualTo("[{a=1.0, b=2.0, c=3.0}]");
  }

  @Test
  void oddTensor_isLeftOutAndCounted_theOthersStay() {
    InferenceBatch batch =
        decoding.batch(
            "{\"inputs\":[{\"name\":\"a\",\"shape\":[2],\"datatype\":\"INT8\",\"data\":[1,1.5]},"
                + "{\"name\":\"b\",\"shape\":[1],\"datatype\":\"INT8\",\"data\":[2]},"
                + "{\"name\":\"c\",\"shape\":[2],\"datatype\":\"INT8\",\"data\":[2]}]}");

    assertThat(Decoding.rowsOf(batch)).containsExactly(Map.of("a", 1.0), Map.of("a", 1.5));
    assertThat(batch.problems(SchemaProblem.ROW_MISMATCH)).isEqualTo(1);
    assertThat(batch.problems(SchemaProblem.BAD_SHAPE)).isEqualTo(1);
    assertThat(batch.problems(SchemaProblem.TYPE_MISMATCH)).isEqualTo(1);
  }

  @Test
  void bodyShape_beatsThePath_andBodyNamesTheModel() {
    InferenceBatch batch =
        Decoding.mirror("/v1/models/:predict")
            .batch(
                "{\"model_name\":\"m\",\"model_version\":\"7\",\"outputs\":[{\"name\":\"y\",\"shape\":[1],\"datatype\":\"INT8\",\"data\":[1]}]}");

    assertThat(batch.model()).isEqualTo(new ModelKey("m", "7"));
    assertThat(batch.kind()).isEqualTo(BatchKind.RESPONSE);
  }

  @Test
  void rank1_isOneRowWhereConfigured() {
    ModelDecoding vector = ModelDecoding.defaults().withRank1(Rank1.VECTOR);
    Decoding configured =
        Decoding.with(DecodeSettings.defaults().withModels(Map.of("credit", vector))).at(INFER);

    assertThat(
            configured.rows(
                "{\"inputs\":[{\"name\":\"x\",\"shape\":[2],\"datatype\":\"INT8\",\"data\":[1,2]}]}"))
        .containsExactly(Map.of("feature_0", 1.0, "feature_1", 2.0));
  }

  @Test
  void image_isOneOpaqueValue() {
    String data = "0,".repeat(1199) + "0";

    assertThat(
            decoding.rows(
                "{\"inputs\":[{\"name\":\"image\",\"shape\":[2,600],\"datatype\":\"INT8\",\"data\":["
                    + data
                    + "]},{\"name\":\"age\",\"shape\":[2],\"datatype\":\"INT8\",\"data\":[1,2]}]}"))
        .containsExactly(
            Map.of("image", "(opaque)", "age", 1.0), Map.of("image", "(opaque)", "age", 2.0));
  }
}
