package io.modeldrift.decode;

import io.modeldrift.inference.EventKey.Pairing;
import java.util.Locale;
import java.util.regex.Pattern;

/** ModelMesh's remote payload processor: a gRPC message as base64, with its model and half. */
final class ModelMeshFormat implements JsonFormat {

  private static final Pattern SERVICE_SUFFIX = Pattern.compile("__isvc-[0-9a-fA-F]+$");

  private final GrpcFormat grpc;

  ModelMeshFormat(GrpcFormat grpc) {
    this.grpc = grpc;
  }

  @Override
  public Protocol protocol(Message message) {
    return Protocol.MODELMESH;
  }

  @Override
  public boolean recognises(JsonOutline body, Message message) {
    return isRecord(body);
  }

  static boolean isRecord(JsonOutline body) {
    return body.has("modelid") && body.has("kind") && body.hasStarting("data", '"');
  }

  @Override
  public Decoded decode(JsonOutline body, Message message) {
    String model = body.text("modelid");
    String id = body.text("id");
    Half half =
        body.text("kind").toLowerCase(Locale.ROOT).equals("response")
            ? Half.RESPONSE
            : Half.REQUEST;
    Slice data = Base64Text.decode(body.text("data"), "/data");
    if (data.length() == 0) {
      return new Decoded.Ignored(Protocol.MODELMESH, IgnoreReason.EMPTY);
    }
    Envelope envelope =
        Envelope.of(SERVICE_SUFFIX.matcher(model).replaceFirst(""), "", half)
            .withEvent(
                id.isEmpty() ? null : new Pairing("modelmesh " + model, id),
                id.isEmpty() ? "" : "modelmesh\n" + half + "\n" + id,
                id);
    Decoded decoded =
        grpc.decodeMessage(data, message.inside(envelope, PayloadHeaders.none(), data));
    return decoded instanceof Decoded.Inferences inferences
        ? new Decoded.Inferences(Protocol.MODELMESH, inferences.batches())
        : new Decoded.Ignored(Protocol.MODELMESH, IgnoreReason.EMPTY);
  }
}
