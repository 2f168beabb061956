package io.modeldrift.ingest;

import io.modeldrift.decode.Decoded;
import io.modeldrift.decode.IgnoreReason;
import io.modeldrift.decode.Protocol;
import io.modeldrift.decode.RejectReason;
import io.modeldrift.inference.InferenceBatch;

/**
 * How one payload ended, for the ledger and for whoever asked.
 *
 * @param reason value of the {@code reason} label; empty for observed payloads
 * @param rows how many rows were observed
 * @param detail one sentence for a person, without any value of a row
 * @param pointer JSON pointer to the offending place; empty if the whole payload is meant
 */
public record Verdict(
    Outcome outcome, String reason, Protocol protocol, int rows, String detail, String pointer) {

  static Verdict of(Decoded decoded) {
    if (decoded instanceof Decoded.Inferences inferences) {
      int rows = inferences.batches().stream().mapToInt(InferenceBatch::rows).sum();
      return new Verdict(Outcome.OBSERVED, "", decoded.protocol(), rows, "", "");
    }
    if (decoded instanceof Decoded.Ignored ignored) {
      return ignored(decoded.protocol(), ignored.reason());
    }
    Decoded.Rejected rejected = (Decoded.Rejected) decoded;
    return new Verdict(
        Outcome.REJECTED,
        rejected.reason().label(),
        decoded.protocol(),
        0,
        rejected.detail(),
        rejected.pointer());
  }

  static Verdict ignored(Protocol protocol, IgnoreReason reason) {
    return new Verdict(Outcome.IGNORED, reason.label(), protocol, 0, "holds no inference", "");
  }

  static Verdict rejected(RejectReason reason, String detail) {
    return new Verdict(Outcome.REJECTED, reason.label(), Protocol.UNKNOWN, 0, detail, "");
  }

  static Verdict dropped(DropReason reason, String detail) {
    return new Verdict(Outcome.DROPPED, reason.label(), Protocol.UNKNOWN, 0, detail, "");
  }
}
