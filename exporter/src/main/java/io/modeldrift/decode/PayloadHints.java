package io.modeldrift.decode;

import org.jspecify.annotations.Nullable;

/**
 * What the body of a payload tells without being decoded: just enough to choose a sample by.
 *
 * <p>One pass over the bytes of the first JSON object, without its values being read. Compressed
 * bodies tell nothing. Stateless and thread-safe.
 */
public final class PayloadHints {

  private PayloadHints() {}

  /**
   * Returns the id that the request and the response of one inference share: that of a structured
   * CloudEvent, of the first of a batch, or of a record of KServe or ModelMesh; else an empty text.
   * Ids of a body that is no envelope are not asked: clients use one for everything.
   */
  public static String inferenceId(Payload payload) {
    JsonOutline first = firstObject(payload);
    if (first == null) {
      return "";
    }
    try {
      if (CloudEventsFormat.isStructured(first)) {
        return Identification.firstGiven(first.text("requestid"), first.text("id"));
      }
      boolean envelope = KserveBlobFormat.isRecord(first) || ModelMeshFormat.isRecord(first);
      return envelope ? first.text("id") : "";
    } catch (Rejection e) {
      return ""; // whoever decodes it will say why
    }
  }

  /** Returns whether it is an outcome or feedback that came among mirrored traffic. */
  public static boolean isOutcome(Payload payload) {
    if (Route.of(payload.path()).kind() == Route.Kind.SELDON_FEEDBACK
        || CloudEvent.isFeedback(payload.headers().get("ce-type"))) {
      return true;
    }
    JsonOutline first = firstObject(payload);
    try {
      return first != null
          && (GroundTruthFormat.isOutcome(first) || CloudEvent.isFeedback(first.text("type")));
    } catch (Rejection e) {
      return false;
    }
  }

  private static @Nullable JsonOutline firstObject(Payload payload) {
    Slice body = Slice.of(payload.body());
    int start = JsonScan.skipBlank(body, body.from());
    if (start < body.to() && body.at(start) == '[') {
      start = JsonScan.skipBlank(body, start + 1);
    }
    return JsonOutline.ofObject(body.from(start), 0);
  }
}
