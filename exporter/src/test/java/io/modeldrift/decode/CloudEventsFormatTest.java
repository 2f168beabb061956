package io.modeldrift.decode;

import static org.assertj.core.api.Assertions.assertThat;

import io.modeldrift.inference.BatchKind;
import io.modeldrift.inference.EventKey.Pairing;
import io.modeldrift.inference.InferenceBatch;
import io.modeldrift.inference.ModelKey;
import io.modeldrift.inference.SchemaProblem;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CloudEventsFormatTest {

  private static Decoding kserve(String half) {
    return kserve(half, "/");
  }

  private static Decoding kserve(String half, String path) {
    return kserve(half, Decoding.mirror(path));
  }

  private static Decoding kserve(String half, Decoding decoding) {
    return decoding
        .header("Ce-Specversion", "1.0")
        .header("Ce-Id", "0009174a")
        .header("Ce-Type", "org.kubeflow.serving.inference." + half)
        .header("Ce-Source", "credit-predictor-00001")
        .header("Ce-Time", "2026-01-05T10:00:00.123456789Z")
        .header("Ce-Inferenceservicename", "credit")
        .header("Ce-Namespace", "prod")
        .header("Ce-Component", "predictor")
        .header("Ce-Endpoint", "")
        .header("Ce-Metadata", "{}")
        .header("Content-Type", "application/x-www-form-urlencoded");
  }

  @Test
  void kserveEvents_shareThePairing_butNotTheDelivery() {
    InferenceBatch request = kserve("request").batch("{\"instances\": [[35, 1200.5]]}");
    InferenceBatch response = kserve("response").batch("{\"predictions\": [0.91]}");

    assertThat(request.model()).isEqualTo(ModelKey.of("credit"));
    assertThat(request.kind()).isEqualTo(BatchKind.REQUEST);
    assertThat(request.time()).isEqualTo(Instant.parse("2026-01-05T10:00:00.123456789Z"));
    assertThat(request.id(0)).isEqualTo("0009174a");
    assertThat(response.kind()).isEqualTo(BatchKind.RESPONSE);
    assertThat(pairing(request))
        .isEqualTo(pairing(response))
        .containsExactly(new Pairing("ce credit prod predictor", "0009174a"));
    assertThat(Objects.requireNonNull(request.event()).delivery())
        .isNotEqualTo(Objects.requireNonNull(response.event()).delivery());
  }

  @Test
  void transformer_isAModelOfItsOwn_andNeverPairsWithThePredictor() {
    InferenceBatch predictor = kserve("request").batch("{\"instances\": [1]}");
    InferenceBatch transformer =
        kserve("request").header("Ce-Component", "transformer").batch("{\"instances\": [1]}");

    assertThat(transformer.model().name()).isEqualTo("credit/transformer");
    assertThat(pairing(transformer)).doesNotContainAnyElementsOf(pairing(predictor));
  }

  @Test
  void versionsInThePath_areTwoInferencesUnderOneId() {
    String rows = "{\"instances\": [1]}";
    InferenceBatch one = kserve("request", "/v1/models/credit/versions/1:predict").batch(rows);
    InferenceBatch two = kserve("request", "/v1/models/credit/versions/2:predict").batch(rows);

    assertThat(one.model()).isEqualTo(new ModelKey("credit", "1"));
    assertThat(two.model()).isEqualTo(new ModelKey("credit", "2"));
    assertThat(pairing(two)).doesNotContainAnyElementsOf(pairing(one));
    assertThat(Objects.requireNonNull(two.event()).delivery())
        .isNotEqualTo(Objects.requireNonNull(one.event()).delivery());
    assertThat(two.id(0)).isEqualTo(one.id(0));
  }

  @Test
  void seldonEvents_pairByRequestId() {
    InferenceBatch batch =
        kserve("request")
            .header("Ce-Type", "io.seldon.serving.inference.request")
            .header("Ce-Requestid", "puid-1")
            .header("Ce-Modelid", "classifier")
            .batch("{\"data\":{\"ndarray\":[[1,2]]}}");

    assertThat(pairing(batch))
        .containsExactly(new Pairing("requestid credit prod classifier", "puid-1"));
    assertThat(batch.id(0)).isEqualTo("puid-1");
  }

  @Test
  void lostHeaders_areMadeUpFor() throws IOException {
    assertThat(kserve("request").rows(gzip("{\"instances\": [7]}"))).hasSize(1);
    byte[] binary =
        Hex.join(
            Hex.utf8(
                "{\"inputs\":[{\"name\":\"x\",\"shape\":[1],\"datatype\":\"INT8\",\"parameters\":{\"binary_data_size\":1}}]}"),
            new byte[] {5});
    assertThat(kserve("request").rows(binary).toString()).isEqualTo("[{x=5.0}]");
    assertThat(
            kserve("request")
                .header("Ce-Metadata", "{\"Inference-Header-Content-Length\":[\"3\"]}")
                .rejection("{\"inputs\""))
        .isEqualTo("v2 truncated");
  }

  /** The recipe has the logger pass these on; it copies them from the request into both events. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {"Inference-Header-Content-Length":["148"]}
          {"Inference-Header-Content-Length":["99999"]}
          {"Content-Encoding":["gzip"],"Grpc-Encoding":["gzip"]}
          """)
  void requestHeaders_inTheEventOfAResponse_sayNothingAboutItsBody(String metadata) {
    Decoding response = kserve("response").header("Ce-Metadata", metadata);
    String json =
        "{\"model_name\":\"m\",\"outputs\":[{\"name\":\"y\",\"shape\":[1],\"datatype\":\"INT8\"";

    assertThat(response.rows(json + ",\"data\":[5]}]}").toString()).isEqualTo("[{y=5.0}]");
    assertThat(
            response
                .rows(
                    Hex.join(
                        Hex.utf8(json + ",\"parameters\":{\"binary_data_size\":1}}]}"),
                        new byte[] {7}))
                .toString())
        .isEqualTo("[{y=7.0}]");
  }

  @Test
  void responseOfAnyShape_isAListOfPredictions() {
    assertThat(kserve("response").rows("[0.1, 0.2]").toString())
        .isEqualTo("[{prediction=0.1}, {prediction=0.2}]");
    assertThat(kserve("response").rows("{\"tabby\": 0.4, \"cat\": 0.6}").toString())
        .isEqualTo("[{tabby=0.4, cat=0.6}]");
    assertThat(
            kserve("response")
                .rows(
                    "[{\"className\":\"cat\",\"probability\":0.9},{\"className\":\"dog\",\"probability\":0.1}]")
                .toString())
        .isEqualTo("[{className=cat, probability=0.9}]");
  }

  @Test
  void grpcBody_isReadUnderAnyLabel() {
    byte[] message =
        Hex.bytes("0a 01 6d 2a 14 0a 01 78 12 05 49 4e 54 33 32 18 02 2a 06 12 04 07 ac 02 00");
    byte[] framed =
        Hex.bytes("00 00000018 0a016d 2a13 0a0178 1205494e543332 1801 1801 2a05 12 03 ac02 00");

    assertThat(Decoding.verdict(kserve("request").decode(message))).doesNotContain("internal");
    assertThat(
            Decoding.verdict(
                kserve("request").header("Content-Type", "application/grpc").decode(framed)))
        .startsWith("v2_grpc");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {"specversion":"1.0","id":"a1","source":"/c","type":"org.kubeflow.serving.inference.request","inferenceservicename":"credit","datacontenttype":"application/json","data":{"instances":[[35]]}}
          {"data":"{\\"instances\\":[[35]]}","specversion":"1.0","id":"a1","source":"/c","type":"x.request","inferenceservicename":"credit"}
          {"data_base64":"eyJpbnN0YW5jZXMiOltbMzVdXX0=","specversion":"1.0","id":"a1","source":"/c","type":"x.request","inferenceservicename":"credit"}
          """)
  void structuredEvent_isDecodedUnderEitherContentType(String event) {
    for (String contentType :
        List.of("application/cloudevents+json; charset=utf-8", "application/json")) {
      InferenceBatch batch = Decoding.mirror("/").header("Content-Type", contentType).batch(event);

      assertThat(Decoding.rowsOf(batch).toString()).isEqualTo("[{feature_0=35.0}]");
      assertThat(batch.model().name()).isEqualTo("credit");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {"specversion":"1.0","id":"a1","source":"/c","data":{}}                              | cloudevents missing_field /type
          {"specversion":"1.0","id":"a1","source":"/c","type":"t","data":{},"data_base64":""}  | cloudevents ambiguous
          {"specversion":"1.0","id":"a1","source":"/c","type":"t","data_base64":"*"}           | cloudevents bad_base64 /data_base64
          {"specversion":"1.0","id":"a1","source":"/c","type":"t"}                             | cloudevents ignored empty
          {"specversion":"1.0","id":"a1","source":"/c","type":"io.seldon.serving.feedback","data":{}} | cloudevents ignored not_inference
          {"specversion":"1.0","id":"a1","source":                                             | cloudevents truncated
          3                                                                                    | cloudevents bad_shape
          """)
  void structuredEvent_thatCannotBeUsed_endsAsThisVerdict(String event, String verdict) {
    assertThat(
            Decoding.mirror("/")
                .header("Content-Type", "application/cloudevents+json")
                .rejection(event))
        .isEqualTo(verdict);
  }

  @Test
  void batch_oneBadEvent_costsNoOther() {
    String event =
        "{\"specversion\":\"1.0\",\"id\":\"%s\",\"source\":\"/c\",\"type\":\"x.request\",\"data\":{\"instances\":%s}}";
    Decoding decoding =
        Decoding.mirror("/").header("Content-Type", "application/cloudevents-batch+json");

    Decoded decoded =
        decoding.decode(
            "["
                + event.formatted("a", "[[1]]")
                + ","
                + event.formatted("b", "[{\"x\": tru}]")
                + ","
                + event.formatted("c", "[[3]]")
                + "]");

    List<InferenceBatch> batches = ((Decoded.Inferences) decoded).batches();
    assertThat(batches)
        .extracting(b -> Decoding.rowsOf(b).toString())
        .containsExactly("[{feature_0=1.0}]", "[{feature_0=3.0}]");
    assertThat(batches.get(0).problems(SchemaProblem.BAD_RECORD)).isEqualTo(1);
    assertThat(decoding.rejection("[]")).isEqualTo("cloudevents ignored empty");
  }

  @Test
  void batch_ofAThousandEvents_isDecodedInOrder() {
    String events =
        IntStream.range(0, 1000)
            .mapToObj(
                i ->
                    "{\"specversion\":\"1.0\",\"id\":\"%d\",\"source\":\"/c\",\"type\":\"x.request\",\"data\":{\"instances\":%s}}"
                        .formatted(i % 900, i % 100 == 0 ? "[]" : "[" + i + "]"))
            .collect(Collectors.joining(",", "[", "]"));

    Decoded decoded =
        Decoding.mirror("/")
            .header("Content-Type", "application/cloudevents-batch+json")
            .decode(events);

    List<InferenceBatch> batches = ((Decoded.Inferences) decoded).batches();
    assertThat(batches).hasSize(891);
    assertThat(batches.get(0).problems(SchemaProblem.BAD_RECORD)).isZero();
    assertThat(Decoding.rowsOf(batches.get(0))).hasToString("[{feature_0=1.0}, {feature_0=901.0}]");
    assertThat(Decoding.rowsOf(batches.get(890))).hasToString("[{feature_0=899.0}]");
  }

  @Test
  void batch_whoseEventsHoldTooMuchTogether_keepsWhatFits() {
    String event =
        "{\"specversion\":\"1.0\",\"id\":\"%d\",\"source\":\"/c\",\"type\":\"x.request\",\"data\":{\"instances\":[%s]}}";
    String rows = "[1,2],".repeat(499) + "[1,2]";
    Decoding small = Decoding.with(DecodeSettings.defaults().withMaxCells(2500)).at("/");

    Decoded decoded =
        small
            .header("Content-Type", "application/cloudevents-batch+json")
            .decode(
                IntStream.of(1, 2, 1, 3)
                    .mapToObj(id -> event.formatted(id, rows))
                    .collect(Collectors.joining(",", "[", "]")));

    List<InferenceBatch> batches = ((Decoded.Inferences) decoded).batches();
    assertThat(batches).extracting(InferenceBatch::rows).containsExactly(500, 500);
    assertThat(batches.get(0).problems(SchemaProblem.BAD_RECORD)).isEqualTo(2);
  }

  @Test
  void batch_whoseEventIsAllRagged_countsABadRecord() {
    String event =
        "{\"specversion\":\"1.0\",\"id\":\"%s\",\"source\":\"/c\",\"type\":\"x.request\",\"data\":{\"dataframe_split\":{\"columns\":[\"a\"],\"data\":%s}}}";

    InferenceBatch batch =
        Decoding.mirror("/")
            .header("Content-Type", "application/cloudevents-batch+json")
            .batch("[" + event.formatted("a", "[[1]]") + "," + event.formatted("b", "[[]]") + "]");

    assertThat(batch.problems(SchemaProblem.BAD_RECORD)).isEqualTo(1);
  }

  @Test
  void kserveBlobRecords_areEvents() {
    String record =
        "[{\"url\":{},\"bytes\":\"eyJpbnN0YW5jZXMiOltbMzVdXX0=\",\"reqType\":\"org.kubeflow.serving.inference.request\","
            + "\"id\":\"i1\",\"inferenceService\":\"credit\",\"namespace\":\"prod\",\"component\":\"predictor\"}]";

    InferenceBatch batch = Decoding.mirror("/").batch(record);

    assertThat(batch.model().name()).isEqualTo("credit");
    assertThat(pairing(batch)).containsExactly(new Pairing("ce credit prod predictor", "i1"));
  }

  @Test
  void modelMeshPayload_isAGrpcMessageInBase64() {
    InferenceBatch batch =
        Decoding.mirror("/consumer/kserve/v2")
            .batch(
                "{\"modelid\":\"credit__isvc-1a2b\",\"id\":\"9f\",\"kind\":\"REQUEST\",\"data\":"
                    + "\"KhUKAXgSBUlOVDMyGAIYASoFEAcQrAI=\"}");

    assertThat(batch.model().name()).isEqualTo("credit");
    assertThat(Decoding.rowsOf(batch).toString()).isEqualTo("[{x=7.0}, {x=300.0}]");
    assertThat(pairing(batch).get(0)).isEqualTo(new Pairing("modelmesh credit__isvc-1a2b", "9f"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          plain             | plain
          "quoted \\"x\\""  | quoted "x"
          Euro%20%E2%82%AC  | Euro €
          100%              | 100%
          {"a":"%20"}       | {"a":"%20"}
          """,
      quoteCharacter = '\'')
  void headerValue_isUnquotedAndPercentDecoded(String value, String expected) {
    assertThat(CloudEventHeader.decoded(value)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {"name":"ks","ready":true}
          {"live":true}
          {"ready":"True"}
          {"status":"alive"}
          {"models":["a","b"]}
          {"models":[]}
          {"detail":"Not Found"}
          {"name":"triton","version":"2.41.0","extensions":["classification","sequence"]}
          {"model_version_status":[{"version":"1","state":"AVAILABLE","status":{"error_code":"OK"}}]}
          {"model_spec":{"name":"m"},"metadata":{"signature_def":{"signature_def":{}}}}
          {"name":"m","versions":["1"],"platform":"sklearn","inputs":[{"name":"x","datatype":"FP32","shape":[-1,4],"parameters":{"content_type":"np"}}],"outputs":[]}
          {"name":"m","platform":"onnx","inputs":[],"outputs":[{"name":"y","datatype":"FP32","shape":[1]}]}
          {}
          OK
          <html>metrics</html>
          """)
  void answersToReadinessAndMetadataCalls_areNoPredictions(String body) {
    assertThat(kserve("response").rejection(body)).isEqualTo("unknown ignored not_inference");
    assertThat(kserve("request").rejection("")).isEqualTo("unknown ignored empty");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {"status":0.25}                | [{status=0.25}]
          {"status":"high","score":0.9}  | [{status=high, score=0.9}]
          {"version":"2","risk":"low"}   | [{version=2, risk=low}]
          """)
  void flatAnswers_thatSayMoreThanAServersState_arePredictions(String body, String rows) {
    assertThat(kserve("response").rows(body)).hasToString(rows);
  }

  @Test
  void flatAnswer_whoseKeyIsAConfiguredOutput_isAPrediction() {
    ModelDecoding outputs = ModelDecoding.defaults().withOutputs(List.of("status"));
    Decoding decoding =
        kserve(
            "response",
            Decoding.with(DecodeSettings.defaults().withModels(Map.of("credit", outputs))));

    assertThat(decoding.rows("{\"status\":\"refused\"}")).hasToString("[{status=refused}]");
  }

  private static List<Pairing> pairing(InferenceBatch batch) {
    return Objects.requireNonNull(batch.event()).pairing();
  }

  private static byte[] gzip(String text) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (OutputStream out = new GZIPOutputStream(bytes)) {
      out.write(Hex.utf8(text));
    }
    return bytes.toByteArray();
  }
}
