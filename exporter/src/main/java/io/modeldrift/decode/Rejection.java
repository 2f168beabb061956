package io.modeldrift.decode;

/**
 * Ends the decoding of a payload that cannot be used; becomes a {@link Decoded.Rejected}.
 *
 * <p>Carries no stack trace: bad payloads arrive at the rate of traffic.
 */
final class Rejection extends RuntimeException {

  private static final long serialVersionUID = 1;

  private final RejectReason reason;
  private final String pointer;

  /**
   * @param detail one sentence without any value of a row
   * @param pointer JSON pointer to the offending place; empty for the whole payload
   */
  Rejection(RejectReason reason, String detail, String pointer) {
    super(detail, null, false, false);
    this.reason = reason;
    this.pointer = pointer;
  }

  Rejection(RejectReason reason, String detail) {
    this(reason, detail, "");
  }

  RejectReason reason() {
    return reason;
  }

  Decoded asDecoded(Protocol protocol) {
    return new Decoded.Rejected(protocol, reason, String.valueOf(getMessage()), pointer);
  }
}
