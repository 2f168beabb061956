package io.modeldrift.decode;

import io.modeldrift.inference.EventKey.Pairing;
import io.modeldrift.inference.IdText;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a layer around a payload says about it; it outranks what the payload says itself.
 *
 * @param model empty if the layer does not name it
 * @param version empty if the layer does not name it
 * @param half request, response, or not said
 * @param time when the event happened, null if the layer does not say
 * @param pairing how the layer joins request and response, null if it does not
 * @param delivery what repeated deliveries of one event have in common; empty if nothing
 * @param inferenceId the id that ground truth will use, bounded once for all rows; empty if the
 *     layer gives none
 */
record Envelope(
    String model,
    String version,
    Half half,
    @Nullable Instant time,
    @Nullable Pairing pairing,
    String delivery,
    String inferenceId) {

  /** Bounds the id. */
  Envelope {
    inferenceId = IdText.bounded(inferenceId);
  }

  /** Says nothing. */
  static final Envelope NONE = of("", "", Half.UNKNOWN);

  /** Says no more than which half of which model's inference it is. */
  static Envelope of(String model, String version, Half half) {
    return new Envelope(model, version, half, null, null, "", "");
  }

  Envelope withHalf(Half newHalf) {
    return new Envelope(model, version, newHalf, time, pairing, delivery, inferenceId);
  }

  Envelope withTime(@Nullable Instant newTime) {
    return new Envelope(model, version, half, newTime, pairing, delivery, inferenceId);
  }

  Envelope withEvent(@Nullable Pairing newPairing, String newDelivery, String newInferenceId) {
    return new Envelope(model, version, half, time, newPairing, newDelivery, newInferenceId);
  }
}
