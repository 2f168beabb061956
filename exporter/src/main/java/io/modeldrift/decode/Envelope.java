package io.modeldrift.decode;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a layer around a payload says about it; it outranks what the payload says itself.
 *
 * @param model empty if the layer does not name it
 * @param version empty if the layer does not name it
 * @param half request, response, or not said
 * @param time when the event happened, null if the layer does not say
 */
record Envelope(String model, String version, Half half, @Nullable Instant time) {

  /** Says nothing. */
  static final Envelope NONE = new Envelope("", "", Half.UNKNOWN, null);
}
