package io.modeldrift.decode;

import java.time.Instant;

/**
 * One payload on its way to the format that understands it: plain bytes, and what is known so far.
 *
 * @param body decompressed
 * @param headers of the innermost layer
 * @param route what the path says
 * @param envelope what the layers around it said
 * @param arrival when the payload was received
 */
record Message(
    Slice body, PayloadHeaders headers, Route route, Envelope envelope, Instant arrival) {

  /** Returns the time of the event if a layer gives one, else of arrival. */
  Instant time() {
    return envelope.time() == null ? arrival : envelope.time();
  }

  Message withBody(Slice newBody) {
    return new Message(newBody, headers, route, envelope, arrival);
  }

  Message withEnvelope(Envelope newEnvelope) {
    return new Message(body, headers, route, newEnvelope, arrival);
  }

  boolean isResponse() {
    return envelope.half() == Half.RESPONSE;
  }
}
