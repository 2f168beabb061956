package io.modeldrift.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import io.modeldrift.decode.DecodeSettings;
import io.modeldrift.decode.Decoders;
import io.modeldrift.decode.Payload;
import io.modeldrift.decode.Payload.Door;
import io.modeldrift.decode.PayloadHeaders;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Broken payloads of every format, and the line of the ledger in which each must end. */
class MalformedPayloadsTest {

  private static final String LOGGER = "logger";
  private static final String ANSWER = "logger's answer";

  private final Intake intake =
      new Intake(
          IngestSettings.defaults(),
          new Intake.Sinks(
              inferences -> {
                throw new AssertionError("nothing of a malformed payload may be observed");
              },
              truths -> {
                throw new AssertionError("nothing of a malformed payload may be joined");
              },
              opinions -> {
                throw new AssertionError("nothing of a malformed payload may be counted");
              }));

  @ParameterizedTest(name = "{3}: {0} {2}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          /v1/models/m:predict        |                  | {"instances": [[1,2],                                          | v1 rejected truncated
          /v1/models/m:predict        |                  | {"instances": [[1,,2]]}                                        | v1 rejected bad_json
          /v1/models/m:predict        |                  | {"instances": 3}                                               | v1 rejected bad_shape
          /v1/models/m:predict        |                  | {"instances": [[1]], "inputs": [[1]]}                          | v1 rejected ambiguous
          /v1/models/m:predict        |                  | {"instances": []}                                              | v1 ignored empty
          /v1/models/m:predict        |                  | {"error": "no such model"}                                     | unknown ignored error_response
          /v2/models/m/infer          |                  | {"inputs":[{"name":"a","shape":[1],                            | v2 rejected truncated
          /v2/models/m/infer          |                  | {"inputs":[{"name":"a","shape":[1],"datatype":"FP32","data":[1}]} | v2 rejected bad_json
          /v2/models/m/infer          |                  | {"inputs":[{"name":"a","shape":[2,2],"datatype":"FP32","data":[1,2,3]}]} | v2 rejected bad_shape
          /v2/models/m/infer          |                  | {"inputs":[{"name":"a","shape":[-1],"datatype":"FP32","data":[1]}]} | v2 rejected bad_shape
          /v2/models/m/infer          |                  | {"inputs":[{"name":"a","shape":[2,2],"datatype":"FP32","data":[[1],[2,3,4]]}]} | v2 rejected ragged
          /v2/models/m/infer          |                  | {"inputs":[{"name":"a","shape":[1],"datatype":"FP8","data":[1]}]} | v2 rejected unsupported
          /v2/models/m/infer          |                  | {"inputs":[{"name":"a","shape":[1],"datatype":"FP32"}]}        | v2 rejected missing_field
          /v2/models/m/infer          |                  | {"inputs":[{"name":"a","shape":[1],"datatype":"FP32","parameters":{"binary_data_size":4}}]}123 | v2 rejected bad_length
          /v2/models/m/infer          |                  | {"inputs":[{"name":"a","shape":[1],"datatype":"FP32","data":[1]}]}xxxx | v2 rejected no_header_length
          /v2/models/m/infer          |                  | {"inputs":[]}                                                  | v2 ignored empty
          /invocations                |                  | {"dataframe_split": {"columns": ["a"]}}                        | mlflow rejected missing_field
          /invocations                |                  | [[1, 2]]                                                       | mlflow rejected bad_shape
          /invocations                |                  | {"dataframe_split": []}                                        | mlflow rejected bad_shape
          /invocations                |                  | {"dataframe_split": {"columns": ["a", "b"], "data": [[1],[2,3,4]]}} | mlflow rejected ragged
          /invocations                |                  | {"dataframe_records": [], "instances": []}                     | mlflow rejected ambiguous
          /invocations                |                  | {"dataframe_records": [{"a":                                   | unknown rejected truncated
          /invocations                |                  | {"error_code": "BAD_REQUEST", "message": "x"}                  | unknown ignored error_response
          /invocations                | text/csv         | "never closed                                                  | csv rejected truncated
          /invocations                | text/csv         | "a"b,c                                                         | csv rejected bad_csv
          /invocations                | text/csv         | a,b⏎1⏎2,3,4                                                    | mlflow rejected ragged
          /invocations                | image/png        | anything                                                       | unknown rejected unsupported
          /invocations                | application/jsonlines | {"features":[1}⏎{"features":                              | json_lines rejected bad_json
          /invocations                |                  | {"instances":[{"data":{"features":{"keys":[9],"shape":[4],"values":[7]}}}]} | mlflow rejected bad_shape
          /                           |                  | {"captureData":{"endpointInput":{"data":"*","encoding":"BASE64"}},"eventMetadata":{}} | sagemaker_capture rejected bad_base64
          /api/v1.0/predictions       |                  | {"data": {"tensor": {"shape": [2,2], "values": [1]}}}          | seldon rejected bad_shape
          /api/v1.0/predictions       |                  | {"data": {"ndarray": 3}}                                       | seldon rejected bad_shape
          /api/v1.0/predictions       |                  | {"data": {"ndarray": [                                         | seldon rejected truncated
          /api/v1.0/predictions       |                  | {"status": {"status": "FAILURE"}, "strData": ""}               | seldon ignored error_response
          /consumer/kserve/v2         |                  | {"modelid": "m", "kind": "request", "data": "***"}             | modelmesh rejected bad_base64
          /consumer/kserve/v2         |                  | {"modelid": "m", "kind": "request", "data": "////"}            | modelmesh rejected bad_protobuf
          /consumer/kserve/v2         |                  | {"modelid": "m", "kind": "request", "data": ""}                | modelmesh ignored empty
          /                           | application/cloudevents+json | {"specversion":"1.0","id":"a","source":"/c","data":{}} | cloudevents rejected missing_field
          /                           | application/cloudevents+json | {"specversion":"1.0","id":"a","source":"/c","type":"t","data":{},"data_base64":""} | cloudevents rejected ambiguous
          /                           | application/cloudevents+json | {"specversion":"1.0","id":"a","source":"/c","type":"t","data_base64":"*"} | cloudevents rejected bad_base64
          /                           | application/cloudevents+json | {"specversion":"1.0","id":                         | cloudevents rejected truncated
          /                           | application/cloudevents-batch+json | 3                                            | cloudevents rejected bad_shape
          /                           | logger           | {"instances": 3}                                               | v1 rejected bad_shape
          /                           | logger           | ``                                                             | unknown ignored empty
          /                           | logger's answer  | {"predictions": 3,                                             | cloudevents rejected truncated
          /                           | logger's answer  | {"name": "m", "ready": true}                                   | unknown ignored not_inference
          /                           | logger's answer  | {"name": "m", "versions": [], "platform": "", "inputs": [{"name": "a", "shape": [-1], "datatype": "FP32"}]} | unknown ignored not_inference
          /                           | logger's answer  | OK                                                             | unknown ignored not_inference
          /                           |                  | [{"bytes":"*","reqType":"x.request","id":"1"}]                 | cloudevents rejected bad_base64
          /v1/chat/completions        |                  | {"model": "g", "messages": [                                   | openai rejected truncated
          /v2/models/m/generate       |                  | {"text_input": "a                                              | generate rejected truncated
          /predictions/m              |                  | {"instances": [[                                               | unknown rejected truncated
          /predictions/m              | multipart/form-data; boundary=b | --b␍⏎␍⏎{"instances":[[1]                        | unknown rejected truncated
          /predictions/m              | multipart/form-data; boundary=b | --b␍⏎␍⏎{"instances":[[1␍⏎--b--                  | unknown rejected truncated
          /predictions/m              | multipart/form-data; boundary=b | --b␍⏎␍⏎{"instances":[[,]]}␍⏎--b--               | v1 rejected bad_json
          /invocations                | multipart/form-data; boundary=b | --b␍⏎␍⏎PNG␍⏎--b--                               | unknown rejected unsupported
          /invocations                | multipart/form-data | {no form                                                    | unknown rejected bad_json
          /invocations                | multipart/form-data | no boundary                                                 | unknown rejected unsupported
          /v1/projects/p/locations/l/endpoints/e:predict | | {"instances": [[1]                                          | v1 rejected truncated
          /v1/models/m:explain        |                  | {"explanations": [{"a": }]}                                    | v1 rejected bad_json
          /v1/chat/completions        | text/event-stream | data: {"choices": [                                           | openai rejected truncated
          /api/v1.0/feedback          |                  | {"reward": 1, "truth": {"data": {"ndarray":                    | seldon rejected truncated
          /                           |                  | {"groundTruthData":{"data":"1","encoding":"CSV"},"eventMetadata":{}} | ground_truth rejected missing_field
          """)
  void text_endsInThisLine(String path, @Nullable String contentType, String body, String line) {
    byte[] bytes = body.replace('␍', '\r').replace('⏎', '\n').getBytes(StandardCharsets.UTF_8);

    assertThat(ledgerAfter(Door.MIRROR, path, headers(contentType), bytes)).containsExactly(line);
  }

  @ParameterizedTest(name = "{3}: {0} {2}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          /inference.GRPCInferenceService/ModelInfer | application/grpc | 0a0461  | v2_grpc rejected truncated
          /inference.GRPCInferenceService/ModelInfer | application/grpc | 0000000031 | v2_grpc rejected truncated
          /inference.GRPCInferenceService/ModelInfer | application/grpc | ffffff  | v2_grpc rejected bad_protobuf
          /inference.GRPCInferenceService/ModelStreamInfer | application/grpc | 0000000031 | v2_grpc rejected truncated
          /inference.GRPCInferenceService/ModelStreamInfer | application/grpc | 000000000712051a023432 | v2_grpc rejected truncated
          /inference.GRPCInferenceService/ModelStreamInfer | application/grpc | 00000000051203ffffff | v2_grpc rejected bad_protobuf
          /inference.GRPCInferenceService/ModelStreamInfer | application/grpc | 000000000e0a046f6f707312041a023432 | v2_grpc rejected truncated
          /inference.GRPCInferenceService/ModelStreamInfer | application/grpc | 000000000c0a046f6f707312041a023432 | v2_grpc ignored error_response
          /v1/models/m:predict                       |                  | 1f8b0800000000000003 | unknown rejected truncated
          /v1/models/m:predict                       |                  | 1f8bffff0000 | unknown rejected bad_compression
          /v1/models/m:predict                       |                  | 7b22696e7374616e636573223a5b5b22ff225d5d7d | v1 rejected bad_utf8
          """)
  void bytes_endInThisLine(String path, @Nullable String contentType, String hex, String line) {
    byte[] bytes = HexFormat.of().parseHex(hex);

    assertThat(ledgerAfter(Door.MIRROR, path, headers(contentType), bytes)).containsExactly(line);
  }

  @ParameterizedTest(name = "{1}: {0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {"model":"m","features":                      | native rejected truncated
          {"model":"m","features":{"a":1,}}             | native rejected bad_json
          {"model":"m"}                                 | native rejected missing_field
          {"model":"m","features":3}                    | native rejected bad_shape
          """)
  void nativeBody_endsInThisLine(String body, String line) {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);

    assertThat(ledgerAfter(Door.NATIVE, "/api/v1/inferences", Map.of(), bytes))
        .containsExactly(line);
  }

  /** Has one payload processed and returns the lines that are no longer at zero. */
  private List<String> ledgerAfter(
      Door door, String path, Map<String, String> headers, byte[] body) {
    Payload payload = new Payload(door, path, PayloadHeaders.of(headers), body, Instant.EPOCH);

    intake.process(payload, Decoders.standard(DecodeSettings.defaults()));

    return intake.ledger().outcomes().entrySet().stream()
        .filter(entry -> entry.getValue() > 0)
        .map(Map.Entry::getKey)
        .map(key -> key.protocol().label() + " " + key.outcome().label() + " " + key.reason())
        .toList();
  }

  private static Map<String, String> headers(@Nullable String contentType) {
    Map<String, String> headers = new HashMap<>();
    if (LOGGER.equals(contentType) || ANSWER.equals(contentType)) {
      headers.putAll(
          Map.of(
              "ce-specversion", "1.0",
              "ce-id", "1",
              "ce-source", "pod",
              "ce-type",
                  "org.kubeflow.serving.inference."
                      + (LOGGER.equals(contentType) ? "request" : "response"),
              "ce-inferenceservicename", "m"));
    } else if (contentType != null) {
      headers.put("Content-Type", contentType);
    }
    return headers;
  }
}
