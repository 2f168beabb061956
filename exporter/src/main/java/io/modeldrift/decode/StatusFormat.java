package io.modeldrift.decode;

import io.modeldrift.inference.Role;
import java.util.List;

/**
 * What model servers answer to readiness, liveness and metadata calls. Loggers copy these answers
 * like all others, and without the path that would tell.
 *
 * <p>A flat answer could also be a prediction without any envelope, so it is one where it holds a
 * number or a key that configuration names as an output.
 */
final class StatusFormat implements JsonFormat {

  private static final List<String> KEYS =
      List.of(
          "name",
          "ready",
          "live",
          "status",
          "models",
          "model_version_status",
          "version",
          "versions",
          "platform",
          "extensions",
          "detail");

  private final Bench bench;

  StatusFormat(Bench bench) {
    this.bench = bench;
  }

  @Override
  public Protocol protocol(Message message) {
    return Protocol.UNKNOWN;
  }

  @Override
  public boolean recognises(JsonOutline body, Message message) {
    return describesModel(body) || (message.isResponse() && isStatus(body, message));
  }

  /** Returns whether this is V2 model metadata: tensors without values. */
  private static boolean describesModel(JsonOutline body) {
    if (!body.has("name") || !(body.has("platform") || body.has("versions"))) {
      return false;
    }
    return isDescription(body, "inputs") && isDescription(body, "outputs");
  }

  private static boolean isDescription(JsonOutline body, String key) {
    Slice tensors = body.findGiven(key);
    if (tensors == null || !Json.isArray(tensors)) {
      return tensors == null;
    }
    int p = JsonScan.skipBlank(tensors, tensors.from() + 1);
    JsonOutline first = p < tensors.to() ? JsonOutline.ofObject(tensors.from(p), 2) : null;
    return first == null || !first.has("data");
  }

  private boolean isStatus(JsonOutline body, Message message) {
    for (int i = 0; i < body.size(); i++) {
      if (!isStatusKey(body, i) || Json.isNumber(body.value(i))) {
        return false;
      }
    }
    List<String> outputs =
        bench.configured(Role.OUTPUT, bench.model(message, BodyIdentity.NONE).name());
    return body.size() > 0 && outputs.stream().noneMatch(body::has);
  }

  private static boolean isStatusKey(JsonOutline body, int index) {
    for (String key : KEYS) {
      if (body.isKey(index, key)) {
        return true;
      }
    }
    return false;
  }

  @Override
  public Decoded decode(JsonOutline body, Message message) {
    return new Decoded.Ignored(protocol(message), IgnoreReason.NOT_INFERENCE);
  }
}
