package io.modeldrift.decode;

import io.modeldrift.decode.Route.Kind;
import io.modeldrift.inference.BatchKind;
import io.modeldrift.inference.InferenceBatch;
import io.modeldrift.inference.Role;
import org.jspecify.annotations.Nullable;

/**
 * Open Inference Protocol (KServe V2): tensors as JSON, or as bytes that follow the JSON, or both.
 *
 * <p>The length of the JSON is a header that loggers lose; the brace that closes it says the same.
 */
final class V2Format implements JsonFormat {

  static final String LENGTH_HEADER = "Inference-Header-Content-Length";

  private final Bench bench;

  V2Format(Bench bench) {
    this.bench = bench;
  }

  @Override
  public Protocol protocol(Message message) {
    return Protocol.V2;
  }

  @Override
  public boolean recognises(JsonOutline body, Message message) {
    return tensorsKey(body, message) != null;
  }

  private static @Nullable String tensorsKey(JsonOutline body, Message message) {
    boolean lenient = message.route().kind() == Kind.V2;
    if (body.has("inputs")) {
      return holdsTensors(body, "inputs", lenient) ? "inputs" : null;
    }
    return holdsTensors(body, "outputs", lenient) ? "outputs" : null;
  }

  /** Objects alone are not enough: V1 bodies have arrays of objects under the same key. */
  private static boolean holdsTensors(JsonOutline body, String key, boolean lenient) {
    Slice value = body.find(key);
    if (value == null || !Json.isArray(value)) {
      return false;
    }
    int p = JsonScan.skipBlank(value, value.from() + 1);
    if (p >= value.to() || value.at(p) != '{') {
      return lenient && p < value.to() && value.at(p) == ']';
    }
    JsonOutline tensor = JsonOutline.ofObject(value.from(p), 2);
    return tensor != null
        && tensor.has("name")
        && (lenient || tensor.has("datatype") || tensor.has("shape"));
  }

  @Override
  public Decoded decode(JsonOutline body, Message message) {
    return decode(body, message, message.body().from(body.end()), false);
  }

  /** Decodes a payload whose length header says where its JSON ends. */
  Decoded decodeWithLength(Message message, String header) {
    Slice body = message.body();
    int length = length(header, body);
    if (length == 0) {
      return decodeRaw(message);
    }
    Slice json = body.between(body.from(), body.from() + length);
    JsonOutline outline = JsonOutline.of(json, 0);
    if (tensorsKey(outline, message) == null) {
      return new Decoded.Ignored(Protocol.V2, IgnoreReason.NOT_INFERENCE);
    }
    return decode(outline, message, body.from(json.to()), true);
  }

  /** Decodes a body that is nothing but the bytes of the model's one input. */
  private Decoded decodeRaw(Message message) {
    InferenceBatch batch = bench.open(message, BodyIdentity.NONE, BatchKind.REQUEST);
    String model = batch.model().name();
    ModelDecoding.RawInput raw = bench.settings().model(model).rawInput();
    if (raw == null) {
      throw new Rejection(
          RejectReason.UNSUPPORTED, "a raw binary request of a model whose raw_input is not known");
    }
    TensorWriter writer = new TensorWriter(bench, batch, Role.INPUT, 1);
    RawTensor.write(raw, message.body(), bench.positional(Role.INPUT, model).single(), writer);
    bench.identify(batch, writer.firstRow(), message, BodyIdentity.NONE);
    return bench.result(Protocol.V2);
  }

  private static int length(String header, Slice body) {
    try {
      int length = Integer.parseInt(header);
      if (length >= 0 && length <= body.length()) {
        return length;
      }
    } catch (NumberFormatException e) {
      // the same problem: it says nothing usable
    }
    throw new Rejection(
        RejectReason.BAD_LENGTH, LENGTH_HEADER + " is not a length within the body");
  }

  private Decoded decode(JsonOutline body, Message message, Slice tail, boolean lengthGiven) {
    String key = body.has("inputs") ? "inputs" : "outputs";
    boolean request = key.equals("inputs");
    Slice tensors = body.find(key);
    JsonElements elements = JsonElements.of(tensors == null ? tail : tensors, 1);
    BodyIdentity identity =
        new BodyIdentity(body.text("model_name"), body.text("model_version"), body.text("id"));
    InferenceBatch batch =
        bench.open(message, identity, request ? BatchKind.REQUEST : BatchKind.RESPONSE);
    Role role = request ? Role.INPUT : Role.OUTPUT;
    TensorWriter writer = new TensorWriter(bench, batch, role, elements.size());
    JsonTensors reader = new JsonTensors(bench, batch, writer, JsonTensors.contentType(body));
    reader.read(elements, "/" + key, tail, lengthGiven);
    Rejection problem = reader.firstProblem();
    if (writer.written() == 0 && problem != null) {
      throw problem;
    }
    bench.identify(batch, writer.firstRow(), message, identity);
    return bench.result(Protocol.V2);
  }
}
