package io.modeldrift.decode;

import static io.modeldrift.decode.WireText.array;
import static io.modeldrift.decode.WireText.arrays;
import static io.modeldrift.decode.WireText.base64;
import static io.modeldrift.decode.WireText.columnar;
import static io.modeldrift.decode.WireText.lines;
import static io.modeldrift.decode.WireText.object;
import static io.modeldrift.decode.WireText.objects;
import static io.modeldrift.decode.WireText.split;

import io.modeldrift.inference.InferenceBatch;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * A way to send rows.
 *
 * @param path empty if the body alone says what it is
 * @param nulls whether the format has a word for a missing value in any column
 */
record WireFormat(
    String name,
    String path,
    Map<String, String> headers,
    boolean nulls,
    Function<WireTable, byte[]> encoder) {

  private static final String NATIVE = "/api/v1/inferences";
  private static final String TORCH_SERVE = "/predictions/m";
  private static final String VERTEX = "/v1/projects/p/locations/l/endpoints/m:predict";
  private static final String GRPC = "application/grpc";

  /** The model of which it is configured that its rows come without envelope. */
  private static final String BARE = "bare";

  private static final DecodeSettings SETTINGS =
      DecodeSettings.defaults()
          .withModels(Map.of(BARE, ModelDecoding.defaults().withBareFeatures(true)));
  private static final Map<String, String> LOGGER_HEADERS =
      Map.of(
          "ce-specversion", "1.0",
          "ce-id", "1",
          "ce-source", "pod",
          "ce-type", "org.kubeflow.serving.inference.request",
          "ce-inferenceservicename", "m",
          "Content-Type", "application/x-www-form-urlencoded");
  private static final Map<String, String> SELDON_HEADERS =
      Map.of(
          "ce-specversion", "1.0",
          "ce-id", "1",
          "ce-source", "pod",
          "ce-type", "io.seldon.serving.inference.request",
          "ce-requestid", "r",
          "ce-inferenceservicename", "m",
          "ce-protocol", "seldon");

  /** Returns the formats that can name columns. */
  static Stream<WireFormat> named() {
    return Stream.of(
        json(
                "native",
                t -> lines(t, r -> "{\"model\":\"m\",\"features\":" + object(t, r) + "}", "\n"))
            .at(NATIVE),
        json("V1 instances", WireFormat::instances),
        json("V1 inputs", t -> "{\"inputs\":" + columnar(t) + "}"),
        json("V1 examples", t -> "{\"examples\":" + objects(t) + "}"),
        json("MLflow split", t -> "{\"dataframe_split\":" + split(t) + "}"),
        json("MLflow before 2.0", WireText::split),
        json("MLflow records", t -> "{\"dataframe_records\":" + objects(t) + "}"),
        text("MLflow CSV", "text/csv", WireText::csvWithHeader),
        text(
            "lines of V1 instances",
            "application/x-ndjson",
            t -> lines(t, r -> "{\"instances\":[" + object(t, r) + "]}", "\n")),
        json("V2 JSON", WireText::v2),
        json(
            "V2 JSON, pandas",
            t ->
                WireText.v2(t)
                    .replace(
                        "{\"inputs\"", "{\"parameters\":{\"content_type\":\"pd\"},\"inputs\"")),
        binary("V2 binary", "", WireBytes::v2Columns),
        binary("gRPC raw columns", GRPC, t -> WireBytes.grpcColumns(t, true)),
        binary("gRPC typed columns", GRPC, t -> WireBytes.grpcColumns(t, false)),
        binary(
            "ModelMesh columns", "", t -> utf8(WireText.modelMesh(WireBytes.grpcColumns(t, true)))),
        json("Seldon ndarray", t -> "{\"data\":" + seldon(t) + "}"),
        json("Seldon jsonData", t -> "{\"jsonData\":" + instances(t) + "}"),
        new WireFormat(
            "Seldon logger", "/", SELDON_HEADERS, true, t -> utf8("{\"data\":" + seldon(t) + "}")),
        json("TorchServe", WireFormat::instances).at(TORCH_SERVE),
        text(
                "DJL multipart",
                "multipart/form-data; boundary=b",
                t ->
                    "--b\r\nContent-Disposition: form-data; name=\"data\"\r\n\r\n"
                        + instances(t)
                        + "\r\n--b--\r\n")
            .at(TORCH_SERVE),
        json("Vertex AI", WireFormat::instances).at(VERTEX),
        bare("BentoML", t -> "{\"frame\":" + objects(t) + "}"),
        bare("Ray Serve", WireText::objects),
        text(
            "CloudEvent structured",
            "application/cloudevents+json",
            t -> WireText.event("\"data\":" + instances(t))),
        text(
            "CloudEvent base64",
            "application/cloudevents+json",
            t -> WireText.event("\"data_base64\":\"" + base64(utf8(WireText.v2(t))) + "\"")),
        text(
            "CloudEvent batch",
            "application/cloudevents-batch+json",
            t -> "[" + WireText.event("\"data\":{\"inputs\":" + columnar(t) + "}") + "]"),
        new WireFormat("KServe logger", "/", LOGGER_HEADERS, true, t -> utf8(instances(t))),
        new WireFormat(
            "KServe logger, gzip",
            "/",
            LOGGER_HEADERS,
            true,
            t -> WireBytes.gzip(utf8(instances(t)))),
        new WireFormat("KServe logger, binary", "/", LOGGER_HEADERS, false, WireBytes::v2Columns),
        json("KServe blob", t -> WireText.blob(utf8(instances(t)))),
        json("capture record", t -> WireText.capture(WireText.json(instances(t)), "JSON")),
        json(
            "capture record, base64",
            t -> WireText.capture("\"" + base64(utf8(instances(t))) + "\"", "BASE64")));
  }

  /** Returns the formats that send numbers by position. */
  static Stream<WireFormat> unnamed() {
    return Stream.of(
        json("V1 rows", t -> "{\"instances\":" + arrays(t) + "}"),
        json("TorchServe rows", t -> "{\"instances\":" + arrays(t) + "}").at(TORCH_SERVE),
        bare("Ray Serve rows", WireText::arrays),
        json("V1 tensor", t -> "{\"inputs\":" + arrays(t) + "}"),
        json(
            "MLflow split without names",
            t -> "{\"dataframe_split\":{\"data\":" + arrays(t) + "}}"),
        json("V2 tensor, nested", t -> WireText.v2Tensor(t, "\"data\":" + arrays(t))),
        json("V2 tensor, flat", t -> WireText.v2Tensor(t, "\"data\":" + WireText.values(t))),
        binary("V2 binary FP64", "", WireBytes::v2Tensor),
        binary("gRPC raw", GRPC, t -> WireBytes.grpcTensor(t, true)),
        binary("gRPC typed", GRPC, t -> WireBytes.grpcTensor(t, false)),
        binary("gRPC framed", GRPC, t -> WireBytes.framed(WireBytes.grpcTensor(t, true))),
        binary("ModelMesh", "", t -> utf8(WireText.modelMesh(WireBytes.grpcTensor(t, true)))),
        text("SageMaker CSV", "text/csv", WireText::csv),
        text(
            "SageMaker lines",
            "application/jsonlines",
            t -> lines(t, r -> "{\"features\":" + array(r) + "}", "\n")),
        json("SageMaker features", t -> WireText.sagemaker(t, "{\"features\":%s}")),
        json(
            "SageMaker dense",
            t -> WireText.sagemaker(t, "{\"data\":{\"features\":{\"values\":%s}}}")),
        json(
            "SageMaker sparse",
            t ->
                WireText.sagemaker(
                    t, "{\"data\":{\"features\":{\"keys\":[0,1,2],\"shape\":[3],\"values\":%s}}}")),
        json("Seldon tensor", WireText::seldonTensor),
        json("Seldon tftensor", WireText::seldonTfTensor),
        json("capture record, CSV", t -> WireText.capture(WireText.json(WireText.csv(t)), "CSV")));
  }

  private static WireFormat json(String name, Function<WireTable, String> encoder) {
    return text(name, "", encoder);
  }

  private static WireFormat text(
      String name, String contentType, Function<WireTable, String> encoder) {
    return new WireFormat(name, "", headers(contentType), true, t -> utf8(encoder.apply(t)));
  }

  private static WireFormat binary(
      String name, String contentType, Function<WireTable, byte[]> encoder) {
    return new WireFormat(name, "", headers(contentType), false, encoder);
  }

  private static WireFormat bare(String name, Function<WireTable, String> encoder) {
    Map<String, String> headers = Map.of("X-Model-Name", BARE);
    return new WireFormat(name, "/", headers, true, t -> utf8(encoder.apply(t)));
  }

  private WireFormat at(String newPath) {
    return new WireFormat(name, newPath, headers, nulls, encoder);
  }

  private static Map<String, String> headers(String contentType) {
    return contentType.isEmpty() ? Map.of() : Map.of("Content-Type", contentType);
  }

  private static String instances(WireTable table) {
    return "{\"instances\":" + objects(table) + "}";
  }

  private static String seldon(WireTable table) {
    return split(table).replace("\"columns\"", "\"names\"").replace("\"data\"", "\"ndarray\"");
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /** Returns what a decoder makes of the table sent so. */
  InferenceBatch decode(WireTable table) {
    Decoding decoding =
        path.equals(NATIVE) ? Decoding.nativeDoor() : Decoding.with(SETTINGS).at(path);
    headers.forEach(decoding::header);
    return decoding.batch(encode(table));
  }

  /** Returns the table as this format sends it. */
  byte[] encode(WireTable table) {
    return encoder.apply(nulls ? table : table.withoutNulls());
  }

  @Override
  public String toString() {
    return name;
  }
}
