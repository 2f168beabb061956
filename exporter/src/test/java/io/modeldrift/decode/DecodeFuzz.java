package io.modeldrift.decode;

import io.modeldrift.decode.Payload.Door;
import io.modeldrift.inference.Column;
import io.modeldrift.inference.InferenceBatch;
import io.modeldrift.inference.Role;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * What must hold for any bytes: a verdict, no failure inside, and batches that can be read.
 *
 * <p>The first byte of the input chooses how the rest arrives. Target of Jazzer ({@code make fuzz})
 * and of {@link DecodeFuzzTest}.
 */
public final class DecodeFuzz {

  private record Arrival(Door door, String path, Map<String, String> headers) {}

  private static final List<Arrival> ARRIVALS =
      List.of(
          new Arrival(Door.NATIVE, "/api/v1/inferences", Map.of()),
          new Arrival(Door.MIRROR, "/v1/models/m:predict", Map.of()),
          new Arrival(Door.MIRROR, "/v2/models/m/infer", Map.of()),
          new Arrival(
              Door.MIRROR, "/v2/models/m/infer", Map.of("Inference-Header-Content-Length", "106")),
          new Arrival(
              Door.MIRROR,
              "/inference.GRPCInferenceService/ModelInfer",
              Map.of("Content-Type", "application/grpc")),
          new Arrival(Door.MIRROR, "/invocations", Map.of("Content-Type", "text/csv")),
          new Arrival(Door.MIRROR, "/invocations", Map.of("Content-Type", "application/jsonlines")),
          new Arrival(Door.MIRROR, "/", Map.of("Content-Type", "application/cloudevents+json")),
          new Arrival(
              Door.MIRROR, "/", Map.of("Content-Type", "application/cloudevents-batch+json")),
          new Arrival(Door.MIRROR, "/", event("request")),
          new Arrival(Door.MIRROR, "/", event("response")),
          new Arrival(
              Door.MIRROR,
              "/predictions/m",
              Map.of("Content-Type", "multipart/form-data; boundary=b")),
          new Arrival(
              Door.MIRROR, "/v1/chat/completions", Map.of("Content-Type", "text/event-stream")),
          new Arrival(Door.MIRROR, "", Map.of("Content-Encoding", "deflate")),
          new Arrival(
              Door.MIRROR,
              "/inference.GRPCInferenceService/ModelStreamInfer",
              Map.of("Content-Type", "application/grpc")));

  private static final DecodeSettings SETTINGS =
      DecodeSettings.defaults()
          .withMaxBytes(1 << 20)
          .withMaxFeatures(64)
          .withModels(Map.of("m", ModelDecoding.defaults().withBareFeatures(true)));

  private static final PayloadDecoder DECODER = Decoders.standard(SETTINGS);

  private DecodeFuzz() {}

  private static Map<String, String> event(String half) {
    return Map.of(
        "ce-specversion", "1.0",
        "ce-type", "org.kubeflow.serving.inference." + half,
        "ce-id", "1",
        "ce-source", "pod",
        "ce-inferenceservicename", "m",
        "ce-metadata", "{\"X-Request-Id\":[\"r\"]}");
  }

  /** Decodes one input; throws if anything that must hold does not. */
  public static void fuzzerTestOneInput(byte[] input) {
    if (input.length == 0) {
      return;
    }
    Arrival arrival = ARRIVALS.get((input[0] & 0xff) % ARRIVALS.size());
    Payload payload =
        new Payload(
            arrival.door(),
            arrival.path(),
            PayloadHeaders.of(arrival.headers()),
            Arrays.copyOfRange(input, 1, input.length),
            Decoding.ARRIVAL);
    Decoded decoded = DECODER.decode(payload);
    if (decoded instanceof Decoded.Rejected rejected
        && rejected.reason() == RejectReason.INTERNAL) {
      throw new IllegalStateException("the decoder failed");
    }
    if (decoded instanceof Decoded.Inferences inferences) {
      inferences.batches().forEach(DecodeFuzz::read);
    }
  }

  private static void read(InferenceBatch batch) {
    if (batch.rows() < 1 || batch.rows() > SETTINGS.maxRows()) {
      throw new IllegalStateException("a batch of " + batch.rows() + " rows");
    }
    for (Role role : List.of(Role.INPUT, Role.OUTPUT)) {
      for (Column column : batch.columns(role)) {
        read(column, batch.rows());
      }
    }
  }

  private static void read(Column column, int rows) {
    if (column.kind(rows) != Column.ABSENT) {
      throw new IllegalStateException("a cell beyond the last row");
    }
    for (int row = 0; row < rows; row++) {
      if (column.kind(row) == Column.TEXT && column.text(row).length() > SETTINGS.maxBytes()) {
        throw new IllegalStateException("a text longer than its payload");
      }
    }
  }

  /** Returns sound payloads of every format, each behind the byte that says how it arrives. */
  static List<byte[]> seeds() {
    String tensor = "{\"name\":\"x\",\"shape\":[1,2],\"datatype\":\"FP32\",";
    List<byte[]> seeds = new ArrayList<>();
    for (String body :
        List.of(
            "{\"model\":\"m\",\"version\":\"1\",\"id\":\"i\",\"time\":1,\"features\":{\"a\":1,\"b\":\"x\",\"c\":[1,null]},\"prediction\":{\"y\":0.5}}",
            "[{\"model\":\"m\",\"features\":[1,NaN,-Infinity,1e400,true]}]",
            "{\"instances\":[[1,2.5,\"x\",null,{\"b64\":\"eA==\"}],[3,4,\"y\",false,[1,2]]]}",
            "{\"inputs\":{\"a\":[1,2],\"b\":[[1],[2]]}}",
            "{\"examples\":[{\"a\":1}],\"context\":{\"c\":2}}",
            "{\"results\":[[[\"no\",0.9],[\"\",0.1]],[[\"no\",Inf]]]}",
            "{\"predictions\":[{\"score\":0.9,\"label\":\"\\u00e9\"}]}",
            "{\"id\":\"1\",\"inputs\":[" + tensor + "\"data\":[[1,2]]}]}",
            "{\"inputs\":[" + tensor + "\"parameters\":{\"binary_data_size\":8}}]}\0\0\0\0\1\2\3\4",
            "{\"outputs\":[{\"name\":\"y\",\"shape\":[2],\"datatype\":\"BYTES\",\"data\":[\"0.5:1:cat\",\"z\"]}]}",
            "{\"dataframe_split\":{\"columns\":[\"a\",\"b\"],\"data\":[[1,2],[3,null]]}}",
            "{\"dataframe_records\":[{\"a\":1},{\"b\":2}]}",
            "a,b\n1,\"x,\"\"y\"\"\"\n2,\n",
            "{\"features\":[1,2]}\n{\"features\":[3,4]}\n",
            "{\"instances\":[{\"data\":{\"features\":{\"keys\":[1],\"shape\":[4],\"values\":[7]}}}]}",
            "{\"captureData\":{\"endpointInput\":{\"observedContentType\":\"text/csv\",\"data\":\"1,2\",\"encoding\":\"CSV\"},\"endpointOutput\":{\"data\":\"MC41\",\"observedContentType\":\"text/csv\",\"encoding\":\"BASE64\"}},\"eventMetadata\":{\"eventId\":\"e\"}}",
            "{\"meta\":{\"puid\":\"p\"},\"data\":{\"names\":[\"a\",\"b\"],\"tensor\":{\"shape\":[1,2],\"values\":[1,2]}}}",
            "{\"data\":{\"tftensor\":{\"tensorShape\":{\"dim\":[{\"size\":\"1\"},{\"size\":\"2\"}]},\"floatVal\":[1,2]}}}",
            "{\"specversion\":\"1.0\",\"id\":\"1\",\"source\":\"/s\",\"type\":\"x.request\",\"data\":{\"instances\":[[1]]}}",
            "[{\"specversion\":\"1.0\",\"id\":\"1\",\"source\":\"/s\",\"type\":\"x.request\",\"data_base64\":\"eyJpbnN0YW5jZXMiOltbMV1dfQ==\"}]",
            "[{\"bytes\":\"eyJpbnN0YW5jZXMiOltbMV1dfQ==\",\"reqType\":\"x.request\",\"id\":\"1\"}]",
            "{\"modelid\":\"m\",\"id\":\"1\",\"kind\":\"request\",\"data\":\"KhUKAXgSBUlOVDMyGAIYASoFEAcQrAI=\"}",
            "{\"model\":\"g\",\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}],\"temperature\":0.5}",
            "data: {\"object\":\"c\",\"choices\":[],\"usage\":{\"prompt_tokens\":1}}\n\ndata: [DONE]\n",
            "--b\r\nA: b\r\n\r\n{\"instances\":[[1]]}\r\n--b--\r\n",
            "[[1,2],[3,4]]",
            "[{\"className\":\"cat\",\"probability\":0.9}]")) {
      byte[] bytes = body.getBytes(StandardCharsets.ISO_8859_1);
      for (int arrival = 0; arrival < ARRIVALS.size(); arrival++) {
        seeds.add(Hex.join(new byte[] {(byte) arrival}, bytes));
      }
    }
    byte[] message = Hex.bytes("0a016d2a150a01781205494e543332180218012a05100710ac02");
    seeds.add(Hex.join(new byte[] {4}, message));
    seeds.add(Hex.join(new byte[] {4, 0, 0, 0, 0, (byte) message.length}, message));
    return seeds;
  }

  /** Writes the seeds as files into a folder, where a coverage-guided fuzzer starts from. */
  public static void main(String[] args) throws IOException {
    Path folder = Files.createDirectories(Path.of(args[0]));
    int number = 0;
    for (byte[] seed : seeds()) {
      Files.write(folder.resolve("seed-" + number++), seed);
    }
  }
}
