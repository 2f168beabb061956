package io.modeldrift.ingest;

import io.modeldrift.decode.Decoded;
import io.modeldrift.decode.IgnoreReason;
import io.modeldrift.decode.Protocol;
import io.modeldrift.decode.RejectReason;
import io.modeldrift.inference.InferenceBatch;
import io.modeldrift.truth.TruthReceipt;
import java.util.Optional;

/**
 * How one payload ended, for the ledger and for whoever asked.
 *
 * @param reason value of the {@code reason} label; empty for observed payloads
 * @param rows how many rows were observed
 * @param detail one sentence for a person, without any value of a row
 * @param pointer JSON pointer to the offending place; empty if the whole payload is meant
 * @param receipt what became of each outcome, if the payload held any
 */
public record Verdict(
    Outcome outcome,
    String reason,
    Protocol protocol,
    int rows,
    String detail,
    String pointer,
    Optional<TruthReceipt> receipt) {

  static Verdict of(Decoded decoded) {
    if (decoded instanceof Decoded.Inferences inferences) {
      int rows = inferences.batches().stream().mapToInt(InferenceBatch::rows).sum();
      return new Verdict(Outcome.OBSERVED, "", decoded.protocol(), rows, "", "", Optional.empty());
    }
    if (decoded instanceof Decoded.Ignored ignored) {
      return ignored(decoded.protocol(), ignored.reason());
    }
    if (!(decoded instanceof Decoded.Rejected rejected)) {
      throw new IllegalArgumentException("outcomes have a receipt");
    }
    return new Verdict(
        Outcome.REJECTED,
        rejected.reason().label(),
        decoded.protocol(),
        0,
        rejected.detail(),
        rejected.pointer(),
        Optional.empty());
  }

  /** Outcomes none of which can be used are rejected; else each of them is told about. */
  static Verdict of(Protocol protocol, TruthReceipt receipt) {
    boolean useless = receipt.rejected() == receipt.received() && !receipt.problems().isEmpty();
    if (!useless) {
      return new Verdict(
          Outcome.OBSERVED, "", protocol, receipt.received(), "", "", Optional.of(receipt));
    }
    TruthReceipt.Problem first = receipt.problems().get(0);
    return new Verdict(
        Outcome.REJECTED,
        RejectReason.BAD_TRUTH.label(),
        protocol,
        0,
        first.detail(),
        first.pointer(),
        Optional.of(receipt));
  }

  static Verdict ignored(Protocol protocol, IgnoreReason reason) {
    return new Verdict(
        Outcome.IGNORED,
        reason.label(),
        protocol,
        0,
        reason == IgnoreReason.SAMPLED ? "passed over" : "holds no inference",
        "",
        Optional.empty());
  }

  static Verdict rejected(RejectReason reason, String detail) {
    return new Verdict(
        Outcome.REJECTED, reason.label(), Protocol.UNKNOWN, 0, detail, "", Optional.empty());
  }

  static Verdict dropped(DropReason reason, String detail) {
    return new Verdict(
        Outcome.DROPPED, reason.label(), Protocol.UNKNOWN, 0, detail, "", Optional.empty());
  }
}
