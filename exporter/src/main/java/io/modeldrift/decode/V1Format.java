package io.modeldrift.decode;

import io.modeldrift.decode.Route.Kind;
import io.modeldrift.inference.BatchKind;
import io.modeldrift.inference.InferenceBatch;
import io.modeldrift.inference.Role;
import java.util.List;

/**
 * KServe V1 and TensorFlow Serving REST: {@code instances} by row, {@code inputs} by column, {@code
 * examples} for classify and regress, and the responses to each. MLflow, SageMaker and Vertex AI
 * speak it too.
 */
final class V1Format implements JsonFormat {

  private static final List<String> REQUEST_KEYS = List.of("instances", "inputs", "examples");
  private static final List<String> RESPONSE_KEYS =
      List.of("predictions", "results", "result", "outputs");

  private final Bench bench;

  V1Format(Bench bench) {
    this.bench = bench;
  }

  @Override
  public Protocol protocol(Message message) {
    if (message.route().kind() != Kind.INVOCATIONS) {
      return Protocol.V1;
    }
    return message.route().model().isEmpty() ? Protocol.MLFLOW : Protocol.SAGEMAKER;
  }

  @Override
  public boolean recognises(JsonOutline body, Message message) {
    return REQUEST_KEYS.stream().anyMatch(body::has) || RESPONSE_KEYS.stream().anyMatch(body::has);
  }

  @Override
  public Decoded decode(JsonOutline body, Message message) {
    if (body.has("instances") && body.has("inputs")) {
      throw new Rejection(RejectReason.AMBIGUOUS, "both instances and inputs are given");
    }
    BodyIdentity identity =
        new BodyIdentity("", body.text("modelVersionId"), MlflowFormat.clientId(body));
    for (String key : REQUEST_KEYS) {
      if (body.has(key)) {
        return request(body, key, message, identity);
      }
    }
    return message.route().kind() == Kind.V1_EXPLAIN
        ? new Decoded.Ignored(protocol(message), IgnoreReason.NOT_INFERENCE)
        : response(body, message, identity);
  }

  private Decoded request(JsonOutline body, String key, Message message, BodyIdentity identity) {
    Slice value = given(body, key);
    InferenceBatch batch = bench.open(message, identity, BatchKind.REQUEST);
    int firstRow = batch.rows();
    RowWriter rows = new RowWriter(bench, batch, Role.INPUT, false);
    String pointer = "/" + key;
    if (key.equals("inputs")) {
      Tables.writeColumnar(bench, batch, rows, value, pointer);
    } else {
      writeInstances(body, key, value, rows, firstRow);
    }
    bench.identify(batch, firstRow, message, identity);
    return bench.result(protocol(message));
  }

  private static void writeInstances(
      JsonOutline body, String key, Slice value, RowWriter rows, int firstRow) {
    String pointer = "/" + key;
    if (!Json.isArray(value)) {
      throw new Rejection(RejectReason.BAD_SHAPE, key + " is not an array", pointer);
    }
    int count =
        WrappedFeatures.wrapsFirst(value)
            ? WrappedFeatures.writeRows(rows, value, firstRow, pointer)
            : rows.writeRows(value, firstRow, pointer);
    if (key.equals("examples")) {
      Tables.writeContext(body, rows, firstRow, count);
    }
  }

  private Decoded response(JsonOutline body, Message message, BodyIdentity identity) {
    InferenceBatch batch = bench.open(message, identity, BatchKind.RESPONSE);
    int firstRow = batch.rows();
    RowWriter rows = new RowWriter(bench, batch, Role.OUTPUT, false);
    if (body.has("predictions")) {
      Tables.writeRows(rows, given(body, "predictions"), firstRow, "/predictions");
    } else if (body.has("results") || body.has("result")) {
      String key = body.has("results") ? "results" : "result";
      Tables.writeClassification(bench, batch, rows, given(body, key), "/" + key);
    } else {
      Tables.writeColumnar(bench, batch, rows, given(body, "outputs"), "/outputs");
    }
    bench.identify(batch, firstRow, message, identity);
    return bench.result(protocol(message));
  }

  private static Slice given(JsonOutline body, String key) {
    Slice value = body.findGiven(key);
    if (value == null) {
      throw new Rejection(RejectReason.BAD_SHAPE, key + " is null", "/" + key);
    }
    return value;
  }
}
