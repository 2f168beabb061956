package io.modeldrift.decode;

import java.time.Instant;

/**
 * The bytes of one mirrored request or response, with what the transport said about them.
 *
 * @param door how it came in
 * @param path the request path, still percent-encoded; empty where the transport has none
 * @param headers the few headers that decoding and pairing need
 * @param body the body as sent, perhaps compressed; not copied, so never written to
 * @param arrival when it was received
 */
public record Payload(
    Door door, String path, PayloadHeaders headers, byte[] body, Instant arrival) {

  /** The way in which a payload arrived; it decides which formats are tried. */
  public enum Door {
    /** Production traffic, copied: any format, recognised by path, headers and body. */
    MIRROR,
    /** The native API: {@code /api/v1/inferences}. */
    NATIVE,
    /** Outcomes: {@code /api/v1/ground-truth}. */
    GROUND_TRUTH,
    /** What end users say: {@code /api/v1/feedback}. */
    FEEDBACK
  }
}
