package io.modeldrift.decode;

import static org.assertj.core.api.Assertions.assertThat;

import io.modeldrift.decode.ModelDecoding.CsvHeader;
import io.modeldrift.inference.BatchKind;
import io.modeldrift.inference.InferenceBatch;
import io.modeldrift.inference.ModelKey;
import io.modeldrift.inference.SchemaProblem;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** MLflow, SageMaker, Seldon, OpenAI style and what else has no test class of its own. */
class OtherFormatsTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {"dataframe_split": {"columns": ["age", "b"], "index": [0, 1], "data": [[35, 1200.5], [52, null]]}, "params": {"t": 1}} | mlflow | [{age=35.0, b=1200.5}, {age=52.0, b=(missing)}]
          {"dataframe_split": {"data": [[35, 1200.5]]}}                       | mlflow | [{feature_0=35.0, feature_1=1200.5}]
          {"dataframe_split": {"columns": ["a", "a"], "data": [[1, 2]]}}      | mlflow | [{a=1.0, a#2=2.0}]
          {"dataframe_records": [{"age": 35, "b": 1200.5}, {"age": 52}]}      | mlflow | [{age=35.0, b=1200.5}, {age=52.0}]
          {"columns": ["a"], "data": [[NaN]]}                                 | mlflow | [{a=NaN}]
          {"instances": [{"age": 35}]}                                        | mlflow | [{age=35.0}]
          {"inputs": {"age": [35, 52]}}                                       | mlflow | [{age=35.0}, {age=52.0}]
          {"predictions": [0.91, 0.2]}                                        | mlflow | [{prediction=0.91}, {prediction=0.2}]
          {"instances":[{"features":[1.5,16.0]}]}                             | mlflow | [{feature_0=1.5, feature_1=16.0}]
          {"instances":[{"data":{"features":{"values":[1.5,16.0]}}}]}         | mlflow | [{feature_0=1.5, feature_1=16.0}]
          {"instances":[{"data":{"features":{"keys":[2],"shape":[4],"values":[7]}}}]} | mlflow | [{feature_0=0.0, feature_1=0.0, feature_2=7.0, feature_3=0.0}]
          {"instances":[{"data":{"features":{"keys":[26],"shape":[2000],"values":[1]}}}]} | mlflow | [{feature_0=(opaque)}]
          {"features":[1.5,16.0]}                                             | sagemaker | [{feature_0=1.5, feature_1=16.0}]
          {"data": {"names": ["age", "x"], "ndarray": [[35, 1.5], [52, "n/a"]]}} | seldon | [{age=35.0, x=1.5}, {age=52.0, x=n/a}]
          {"data": {"names": ["one"], "ndarray": [[35, 1.5]]}}                | seldon | [{feature_0=35.0, feature_1=1.5}]
          {"data": {"ndarray": [35, 1.5]}}                                    | seldon | [{feature_0=35.0, feature_1=1.5}]
          {"data": {"names": ["a", "b"], "tensor": {"shape": [2, 2], "values": [1, 2, 3, 4]}}} | seldon | [{a=1.0, b=2.0}, {a=3.0, b=4.0}]
          {"data": {"tftensor": {"dtype": "DT_FLOAT", "tensorShape": {"dim": [{"size": "2"}, {"size": "2"}]}, "floatVal": [1, 2, 3, 4]}}} | seldon | [{feature_0=1.0, feature_1=2.0}, {feature_0=3.0, feature_1=4.0}]
          {"data": {"tftensor": {"tensor_shape": {"dim": [{"size": 1}]}, "int_val": [9]}}} | seldon | [{feature_0=9.0}]
          {"strData": "hello"}                                                | seldon | [{feature_0=(opaque)}]
          {"jsonData": {"instances": [[1]]}}                                  | mlflow | [{feature_0=1.0}]
          {"status": {"status": "SUCCESS"}, "data": {"names": ["t:0", "t:1"], "ndarray": [[0.25, 0.75]]}} | seldon | [{t:0=0.25, t:1=0.75}]
          {"model": "gpt", "messages": [{"role": "user", "content": "héllo"}, {"role": "user", "content": [{"type": "text", "text": "abc"}]}], "temperature": 0.5} | openai | [{message_count=2.0, prompt_characters=8.0, temperature=0.5}]
          {"model": "gpt", "prompt": "abc", "max_tokens": 9}                  | openai | [{prompt_characters=3.0, max_tokens=9.0}]
          {"object": "chat.completion", "model": "gpt", "id": "c1", "choices": [{"finish_reason": "stop"}], "usage": {"prompt_tokens": 3, "completion_tokens": 4}} | openai | [{prompt_tokens=3.0, completion_tokens=4.0, finish_reason=stop}]
          {"text_input": "abcd", "parameters": {}}                            | generate | [{prompt_characters=4.0}]
          {"model_name": "llm", "text_output": "ab"}                          | generate | [{completion_characters=2.0}]
          """)
  void jsonBody_becomesTheseRows(String body, String protocol, String rows) {
    Decoding decoding = Decoding.mirror("/invocations");

    assertThat(decoding.rows(body).toString()).isEqualTo(rows);
    assertThat(Decoding.verdict(decoding.decode(body))).isEqualTo(protocol + " accepted");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {"dataframe_split": {"columns": ["a"]}}                              | mlflow missing_field /dataframe_split/data
          {"dataframe_split": [], "x": 1}                                      | mlflow bad_shape /dataframe_split
          {"dataframe_records": {"a": 1}}                                      | mlflow bad_shape /dataframe_records
          {"dataframe_records": [], "instances": []}                           | mlflow ambiguous
          {"error_code": "BAD_REQUEST", "message": "x", "stack_trace": ""}     | unknown ignored error_response
          [[1, 2]]                                                             | mlflow bad_shape
          []                                                                   | mlflow bad_shape
          {"data": {"tensor": {"shape": [2, 2], "values": [1, 2, 3]}}}         | seldon bad_shape /data/tensor
          {"data": {"ndarray": 3}}                                             | seldon bad_shape /data/ndarray
          {"status": {"status": "FAILURE", "info": "x"}, "strData": ""}        | seldon ignored error_response
          {"groundTruthData":{"data":"1","encoding":"CSV"},"eventMetadata":{}} | ground_truth missing_field /eventMetadata
          {"instances":[{"data":{"features":{"keys":[9],"shape":[4],"values":[7]}}}]} | mlflow bad_shape /instances/0/data/features/keys/0
          {"modelid": "m", "kind": "request", "data": "***"}                   | modelmesh bad_base64 /data
          {"modelid": "m", "kind": "request", "data": ""}                      | modelmesh ignored empty
          """)
  void jsonBody_thatCannotBeUsed_endsAsThisVerdict(String body, String verdict) {
    assertThat(Decoding.mirror("/invocations").rejection(body)).isEqualTo(verdict);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          [[1,2],[3],[4,5]]                | [{a=1.0, b=2.0}, {a=4.0, b=5.0}]                    | 1
          [[1,2],[3,3,3],7,{},[4,"\\u00e9"]] | [{a=1.0, b=2.0}, {a=4.0, b=é}]                      | 3
          [[],[4,5]]                       | [{a=4.0, b=5.0}]                                    | 1
          [[1,[2]],[4,{"c":1}]]            | [{a=1.0, b=2.0}, {a=4.0, b=(opaque)}]               | 0
          """)
  void dataframeRow_ofOddLength_isDroppedAlone(String data, String rows, int ragged) {
    InferenceBatch batch =
        Decoding.mirror("/invocations")
            .batch("{\"dataframe_split\":{\"columns\":[\"a\",\"b\"],\"data\":" + data + "}}");

    assertThat(Decoding.rowsOf(batch)).hasToString(rows);
    assertThat(batch.problems(SchemaProblem.RAGGED)).isEqualTo(ragged);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          age,b\\n35,1200.5\\n52,\\n               | mlflow    | [{age=35.0, b=1200.5}, {age=52.0, b=(missing)}]
          1.5,16.0\\n2,x                           | sagemaker | [{feature_0=1.5, feature_1=16.0}, {feature_0=2.0, feature_1=x}]
          "a ""q"", b",7\\r\\n"x\\ny",             | sagemaker | [{feature_0=a "q", b, feature_1=7.0}, {feature_0=x\\ny, feature_1=(missing)}]
          "a ""x"" y",b\\n1,"2"\\n"",é             | mlflow    | [{a "x" y=1.0, b=2.0}, {a "x" y=(missing), b=é}]
          \uFEFFa,b\\n\\n1,"true, or not"\\n\\n        | mlflow    | [{a=1.0, b=true, or not}]
          a,a\\n1, nan                             | mlflow    | [{a=1.0, a#2=NaN}]
          0.0254                                  | sagemaker | [{feature_0=0.0254}]
          x,y                                     | sagemaker | [{feature_0=x, feature_1=y}]
          """,
      quoteCharacter = '\'')
  void csv_becomesTheseRows(String body, String protocol, String rows) {
    Decoding decoding = Decoding.mirror("/invocations").header("Content-Type", "text/csv");
    String plain = body.replace("\\n", "\n").replace("\\r", "\r");

    assertThat(decoding.rows(plain).toString()).isEqualTo(rows.replace("\\n", "\n"));
    assertThat(Decoding.verdict(decoding.decode(plain))).isEqualTo(protocol + " accepted");
  }

  @Test
  void csv_withBrokenQuotes_isRejected() {
    Decoding decoding = Decoding.mirror("/invocations").header("Content-Type", "text/csv");

    assertThat(decoding.rejection("\"a\"b,1")).isEqualTo("csv bad_csv");
    assertThat(decoding.rejection("1,\"a")).isEqualTo("csv truncated");
    assertThat(Decoding.verdict(decoding.decode(new byte[] {'1', ',', -1})))
        .isEqualTo("csv bad_utf8");
  }

  @Test
  void csvHeader_canBeConfigured() {
    ModelDecoding header = ModelDecoding.defaults().withCsvHeader(CsvHeader.PRESENT);
    Decoding decoding =
        Decoding.with(DecodeSettings.defaults().withModels(Map.of("m", header)))
            .at("/endpoints/m/invocations")
            .header("Content-Type", "text/csv");

    assertThat(decoding.rows("a,b\nx,y")).containsExactly(Map.of("a", "x", "b", "y"));
    assertThat(decoding.rejection("a,b\n")).isEqualTo("sagemaker ignored empty");
  }

  @Test
  void csvLabel_onAJsonBody_changesNothing() {
    Decoding decoding = Decoding.mirror("/invocations").header("Content-Type", "text/csv");

    assertThat(decoding.rows("{\"instances\": [1]}")).hasSize(1);
  }

  @Test
  void sagemakerHeaders_nameModelVersionAndInference() {
    InferenceBatch batch =
        Decoding.mirror("/invocations")
            .header("Content-Type", "application/JSONLines")
            .header("X-Amzn-SageMaker-Inference-Id", "i-1")
            .header("X-Amzn-SageMaker-Target-Model", "churn.tar.gz")
            .header("X-Amzn-SageMaker-Target-Variant", "blue")
            .batch("{\"features\":[1]}\n{\"features\":[2]}\n");

    assertThat(batch.model()).isEqualTo(new ModelKey("churn", "blue"));
    assertThat(batch.rows()).isEqualTo(2);
    assertThat(batch.id(1)).isEqualTo("i-1");
  }

  @Test
  void jsonLines_oneBadLine_costsNoOther() {
    Decoding decoding =
        Decoding.mirror("/invocations").header("Content-Type", "application/jsonlines");

    InferenceBatch batch =
        decoding.batch("{\"features\":[1,2]}\n{\"features\":[3,]}\n{\"features\":[5,6]}");

    assertThat(Decoding.rowsOf(batch).toString())
        .isEqualTo("[{feature_0=1.0, feature_1=2.0}, {feature_0=5.0, feature_1=6.0}]");
    assertThat(batch.problems(SchemaProblem.BAD_RECORD)).isEqualTo(1);
    assertThat(decoding.rejection("{\"features\":[1,]}\n{\"x\":1}"))
        .isEqualTo("sagemaker bad_json /0/features/1");
  }

  @Test
  void captureRecord_isAPair() {
    String record =
        "{\"captureData\":{\"endpointInput\":{\"observedContentType\":\"text/csv\",\"mode\":\"INPUT\","
            + "\"data\":\"35,1200.5\\n\",\"encoding\":\"CSV\"},\"endpointOutput\":{\"observedContentType\":"
            + "\"text/csv; charset=utf-8\",\"mode\":\"OUTPUT\",\"data\":\"0.91\",\"encoding\":\"CSV\"}},"
            + "\"eventMetadata\":{\"eventId\":\"e\",\"inferenceId\":\"a1\",\"inferenceTime\":"
            + "\"2026-01-05T10:00:00Z\"},\"eventVersion\":\"0\"}";
    String base64 =
        "{\"captureData\":{\"endpointInput\":{\"observedContentType\":\"application/json\","
            + "\"data\":\"eyJpbnN0YW5jZXMiOltbMSwyXV19\",\"encoding\":\"BASE64\"}},"
            + "\"eventMetadata\":{\"eventId\":\"e2\"}}";
    String bad =
        "{\"captureData\":{\"endpointInput\":{\"data\":\"***\",\"encoding\":\"BASE64\"}},\"eventMetadata\":{}}";
    Decoding decoding = Decoding.mirror("");

    InferenceBatch pair = decoding.batch(record + "\n" + record);
    assertThat(pair.kind()).isEqualTo(BatchKind.PAIR);
    assertThat(Decoding.rowsOf(pair).toString())
        .isEqualTo(
            "[{feature_0=35.0, feature_1=1200.5, prediction=0.91}, {feature_0=35.0,"
                + " feature_1=1200.5, prediction=0.91}]");
    assertThat(pair.id(1)).isEqualTo("a1");
    assertThat(pair.time(1)).isEqualTo(Instant.parse("2026-01-05T10:00:00Z"));
    assertThat(decoding.rows(base64).toString()).isEqualTo("[{feature_0=1.0, feature_1=2.0}]");
    assertThat(decoding.rejection(bad))
        .isEqualTo("sagemaker_capture bad_base64 /captureData/endpointInput/data");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          "observedContentType":"text/csv","data":"1\\n2","encoding":"CSV"  | "observedContentType":"text/html","data":"<html>","encoding":"CSV" | REQUEST  | [{feature_0=1.0}, {feature_0=2.0}] | 1
          "observedContentType":"text/csv","data":"1\\n2","encoding":"CSV"  | "observedContentType":"image/png","data":"*","encoding":"BASE64"   | REQUEST  | [{feature_0=1.0}, {feature_0=2.0}] | 1
          "observedContentType":"image/png","data":"AAAA","encoding":"BASE64" | "observedContentType":"text/csv","data":"0.5","encoding":"CSV"     | RESPONSE | [{prediction=0.5}]                 | 1
          "observedContentType":"text/csv","data":"1\\n2","encoding":"CSV"  | "data":"{\\"error\\":\\"no\\"}","encoding":"JSON"                | REQUEST  | [{feature_0=1.0}, {feature_0=2.0}] | 0
          """)
  void captureSide_thatCannotBeUsed_costsOnlyItself(
      String input, String output, BatchKind kind, String rows, int bad) {
    InferenceBatch batch =
        Decoding.mirror("")
            .batch(
                "{\"captureData\":{\"endpointInput\":{%s},\"endpointOutput\":{%s}},\"eventMetadata\":{\"eventId\":\"e\"}}"
                    .formatted(input, output));

    assertThat(batch.kind()).isEqualTo(kind);
    assertThat(Decoding.rowsOf(batch)).hasToString(rows);
    assertThat(batch.problems(SchemaProblem.BAD_RECORD)).isEqualTo(bad);
    assertThat(batch.id(0)).isEqualTo("e");
  }

  @Test
  void captureRecord_neitherOfWhoseSidesCanBeUsed_isRejected() {
    assertThat(
            Decoding.mirror("")
                .rejection(
                    "{\"captureData\":{\"endpointOutput\":{\"observedContentType\":\"text/html\",\"data\":\"<html>\",\"encoding\":\"CSV\"}},\"eventMetadata\":{}}"))
        .isEqualTo("sagemaker_capture unsupported /captureData/endpointOutput/data");
  }

  @Test
  void captureOutput_ofOtherLength_isNotAligned() {
    InferenceBatch batch =
        Decoding.mirror("")
            .batch(
                "{\"captureData\":{\"endpointInput\":{\"observedContentType\":\"text/csv\",\"data\":\"1\\n2\","
                    + "\"encoding\":\"CSV\"},\"endpointOutput\":{\"observedContentType\":\"text/csv\",\"data\":\"1\","
                    + "\"encoding\":\"CSV\"}},\"eventMetadata\":{}}");

    assertThat(Decoding.rowsOf(batch).toString()).isEqualTo("[{feature_0=1.0}, {feature_0=2.0}]");
    assertThat(batch.problems(SchemaProblem.ROW_MISMATCH)).isEqualTo(1);
  }

  @Test
  void seldonPuid_identifiesTheInference() {
    InferenceBatch batch =
        Decoding.mirror("/seldon/ns/dep/api/v1.0/predictions")
            .batch("{\"meta\":{\"puid\":\"p1\"},\"data\":{\"ndarray\":[[1],[2]]}}");

    assertThat(batch.model()).isEqualTo(ModelKey.of("dep"));
    assertThat(batch.id(1)).isEqualTo("p1");
  }

  @Test
  void image_toTorchServe_isOneOpaqueValue() {
    Decoding decoding =
        Decoding.mirror("/predictions/cats/2.0").header("Content-Type", "image/png");

    InferenceBatch batch = decoding.batch(new byte[] {(byte) 0x89, 'P', 'N', 'G'});

    assertThat(batch.model()).isEqualTo(new ModelKey("cats", "2.0"));
    assertThat(Decoding.rowsOf(batch).toString()).isEqualTo("[{feature_0=(opaque)}]");
  }

  @Test
  void eventStream_tellsItsLastUsage() {
    Decoding decoding =
        Decoding.mirror("/v1/chat/completions").header("Content-Type", "text/event-stream");

    assertThat(
            decoding
                .rows(
                    """
                    data: {"object":"chunk","choices":[{"delta":{}}]}

                    data: {"object":"chunk","choices":[],"usage":{"prompt_tokens":1,"completion_tokens":2}}

                    data: [DONE]
                    """)
                .toString())
        .isEqualTo("[{prompt_tokens=1.0, completion_tokens=2.0}]");
  }

  @Test
  void multipartForm_isReadForItsJsonPart() {
    Decoding decoding =
        Decoding.mirror("/predictions/m")
            .header("Content-Type", "multipart/form-data; boundary=\"Bound\"");

    assertThat(
            decoding.rows(
                """
                --Bound
                Content-Disposition: form-data; name="f"

                PNG
                --Bound
                Content-Disposition: form-data; name="data"

                {"instances":[[1]]}
                --Bound--
                """
                    .replace("\n", "\r\n")))
        .containsExactly(Map.of("feature_0", 1.0));
  }

  @Test
  void healthChecks_areIgnored() {
    assertThat(Decoding.mirror("/v2/health/ready").rejection("{}"))
        .isEqualTo("unknown ignored not_inference");
    assertThat(Decoding.mirror("/api/v1.0/feedback").rejection("{\"reward\":1}"))
        .isEqualTo("ground_truth ignored not_inference");
  }
}
