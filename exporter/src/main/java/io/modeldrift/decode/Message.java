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
    Instant event = envelope.time();
    return event == null ? arrival : event;
  }

  Message withBody(Slice newBody) {
    return new Message(newBody, headers, route, envelope, arrival);
  }

  /** Returns the payload inside an envelope, with the headers that are its own. */
  Message inside(Envelope newEnvelope, PayloadHeaders newHeaders, Slice newBody) {
    return new Message(newBody, newHeaders, route, newEnvelope, arrival);
  }

  boolean isResponse() {
    return envelope.half() == Half.RESPONSE;
  }
}
