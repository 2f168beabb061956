package io.modeldrift.decode;

import io.modeldrift.decode.Route.Kind;
import io.modeldrift.inference.BatchKind;
import io.modeldrift.inference.InferenceBatch;
import io.modeldrift.inference.Role;
import java.util.List;

/**
 * KServe V1 and TensorFlow Serving REST: {@code instances} by row, {@code inputs} by column, {@code
 * examples} for classify and regress, and the responses to each.
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
    return Protocol.V1;
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
    for (String key : REQUEST_KEYS) {
      if (body.has(key)) {
        return request(body, key, message);
      }
    }
    return message.route().kind() == Kind.V1_EXPLAIN
        ? new Decoded.Ignored(protocol(message), IgnoreReason.NOT_INFERENCE)
        : response(body, message);
  }

  private Decoded request(JsonOutline body, String key, Message message) {
    Slice value = given(body, key);
    InferenceBatch batch = open(body, message, BatchKind.REQUEST);
    RowWriter rows = new RowWriter(bench, batch, Role.INPUT, false);
    String pointer = "/" + key;
    if (key.equals("inputs")) {
      Tables.writeColumnar(bench, batch, rows, value, pointer);
      return bench.result(protocol(message));
    }
    if (!Json.isArray(value)) {
      throw new Rejection(RejectReason.BAD_SHAPE, key + " is not an array", pointer);
    }
    int count = rows.writeRows(value, 0, pointer);
    if (key.equals("examples")) {
      Tables.writeContext(body, rows, count);
    }
    return bench.result(protocol(message));
  }

  private Decoded response(JsonOutline body, Message message) {
    InferenceBatch batch = open(body, message, BatchKind.RESPONSE);
    RowWriter rows = new RowWriter(bench, batch, Role.OUTPUT, false);
    if (body.has("predictions")) {
      Tables.writeRows(rows, given(body, "predictions"), "/predictions");
    } else if (body.has("results") || body.has("result")) {
      String key = body.has("results") ? "results" : "result";
      Tables.writeClassification(bench, batch, rows, given(body, key), "/" + key);
    } else {
      Tables.writeColumnar(bench, batch, rows, given(body, "outputs"), "/outputs");
    }
    return bench.result(protocol(message));
  }

  private InferenceBatch open(JsonOutline body, Message message, BatchKind kind) {
    return bench.open(bench.model(message, "", body.text("modelVersionId")), kind, message.time());
  }

  private static Slice given(JsonOutline body, String key) {
    Slice value = body.findGiven(key);
    if (value == null) {
      throw new Rejection(RejectReason.BAD_SHAPE, key + " is null", "/" + key);
    }
    return value;
  }
}
