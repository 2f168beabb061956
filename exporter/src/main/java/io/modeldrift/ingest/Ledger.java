package io.modeldrift.ingest;

import io.modeldrift.decode.IgnoreReason;
import io.modeldrift.decode.Protocol;
import io.modeldrift.decode.RejectReason;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The account of every payload: received once, ended exactly once.
 *
 * <p>At every moment {@code received = waiting + observed + ignored + rejected + dropped}. Bounded:
 * outcomes, reasons and protocols are closed lists.
 *
 * <p>Thread-safe: all methods lock the instance, a snapshot is consistent.
 */
public final class Ledger {

  private final Map<LedgerKey, Long> outcomes = new LinkedHashMap<>();
  private long received;
  private long ended;

  /** Opens a ledger with every line that can occur under an unknown protocol at zero. */
  public Ledger() {
    for (Protocol protocol : Protocol.values()) {
      outcomes.put(new LedgerKey(Outcome.OBSERVED, "", protocol), 0L);
    }
    for (IgnoreReason reason : IgnoreReason.values()) {
      outcomes.put(new LedgerKey(Outcome.IGNORED, reason.label(), Protocol.UNKNOWN), 0L);
    }
    for (RejectReason reason : RejectReason.values()) {
      outcomes.put(new LedgerKey(Outcome.REJECTED, reason.label(), Protocol.UNKNOWN), 0L);
    }
    for (DropReason reason : DropReason.values()) {
      outcomes.put(new LedgerKey(Outcome.DROPPED, reason.label(), Protocol.UNKNOWN), 0L);
    }
  }

  /** Counts a payload in; it waits from now on. */
  synchronized void received() {
    received++;
  }

  /** Counts a waiting payload out. */
  synchronized void ended(Verdict verdict) {
    ended++;
    outcomes.merge(
        new LedgerKey(verdict.outcome(), verdict.reason(), verdict.protocol()), 1L, Long::sum);
  }

  /** Returns the books as they stand now. */
  public synchronized LedgerSnapshot snapshot() {
    return new LedgerSnapshot(received, received - ended, outcomes);
  }
}
