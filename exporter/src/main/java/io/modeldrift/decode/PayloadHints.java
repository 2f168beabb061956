package io.modeldrift.decode;

import org.jspecify.annotations.Nullable;

/**
 * What the body of a payload tells without being decoded: just enough to choose a sample by.
 *
 * <p>At most one pass over the bytes of the first JSON object, without its values being read.
 * Compressed bodies tell nothing. For one thread.
 */
public final class PayloadHints {

  private final Payload payload;
  private @Nullable JsonOutline first;
  private boolean read;

  public PayloadHints(Payload payload) {
    this.payload = payload;
  }

  /**
   * Returns the id that the request and the response of one inference share: that of a structured
   * CloudEvent, of the first of a batch, or of a record of KServe or ModelMesh; else an empty text.
   * Ids of a body that is no envelope are not asked: clients use one for everything.
   */
  public String inferenceId() {
    JsonOutline object = firstObject();
    if (object == null) {
      return "";
    }
    try {
      if (CloudEventsFormat.isStructured(object)) {
        return Identification.firstGiven(object.text("requestid"), object.text("id"));
      }
      boolean envelope = KserveBlobFormat.isRecord(object) || ModelMeshFormat.isRecord(object);
      return envelope ? object.text("id") : "";
    } catch (Rejection e) {
      return ""; // whoever decodes it will say why
    }
  }

  /** Returns whether it is an outcome or feedback that came among mirrored traffic. */
  public boolean isOutcome() {
    if (Route.of(payload.path()).kind() == Route.Kind.SELDON_FEEDBACK
        || CloudEvent.isFeedback(payload.headers().get("ce-type"))) {
      return true;
    }
    JsonOutline object = firstObject();
    try {
      return object != null
          && (GroundTruthFormat.isOutcome(object) || CloudEvent.isFeedback(object.text("type")));
    } catch (Rejection e) {
      return false;
    }
  }

  private @Nullable JsonOutline firstObject() {
    if (!read) {
      first = outline(payload);
      read = true;
    }
    return first;
  }

  private static @Nullable JsonOutline outline(Payload payload) {
    Slice body = Slice.of(payload.body());
    int start = JsonScan.skipBlank(body, body.from());
    if (start < body.to() && body.at(start) == '[') {
      start = JsonScan.skipBlank(body, start + 1);
    }
    return JsonOutline.ofObject(body.from(start), 0);
  }
}
