package io.modeldrift.ingest;

import io.modeldrift.decode.IgnoreReason;
import io.modeldrift.decode.Protocol;
import io.modeldrift.decode.RejectReason;
import io.modeldrift.snapshot.SnapshotException;
import io.modeldrift.snapshot.StateInput;
import io.modeldrift.snapshot.StateOutput;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * The account of every payload: received once, ended exactly once.
 *
 * <p>At every moment {@code received = waiting + observed + ignored + rejected + dropped}. Bounded:
 * outcomes, reasons and protocols are closed lists.
 *
 * <p>Thread-safe: all methods lock the instance, a snapshot is consistent.
 */
public final class Ledger {

  private static final int MAX_SAVED_LINES = 10_000;
  private static final int MAX_WORD_BYTES = 100;

  private final Map<LedgerKey, Long> outcomes = new LinkedHashMap<>();
  private final Set<Protocol> opened = EnumSet.noneOf(Protocol.class);
  private long received;
  private long ended;

  /** Opens a ledger at zero, with every line that can occur under an unknown protocol. */
  public Ledger() {
    for (Protocol protocol : Protocol.values()) {
      outcomes.put(new LedgerKey(Outcome.OBSERVED, "", protocol), 0L);
    }
    for (DropReason reason : DropReason.values()) {
      outcomes.put(new LedgerKey(Outcome.DROPPED, reason.label(), Protocol.UNKNOWN), 0L);
    }
    open(Protocol.UNKNOWN);
  }

  /**
   * Opens the lines that can occur under a protocol, so that a later increase starts at zero and is
   * seen. Not for all protocols at once: hardly anybody speaks more than three of them, and each
   * has about twenty lines.
   */
  private void open(Protocol protocol) {
    opened.add(protocol);
    for (IgnoreReason reason : IgnoreReason.values()) {
      outcomes.putIfAbsent(new LedgerKey(Outcome.IGNORED, reason.label(), protocol), 0L);
    }
    for (RejectReason reason : RejectReason.values()) {
      outcomes.putIfAbsent(new LedgerKey(Outcome.REJECTED, reason.label(), protocol), 0L);
    }
  }

  /** Counts a payload in; it waits from now on. */
  synchronized void received() {
    received++;
  }

  /** Counts a waiting payload out. */
  synchronized void ended(Verdict verdict) {
    ended++;
    if (!opened.contains(verdict.protocol())) {
      open(verdict.protocol());
    }
    outcomes.merge(
        new LedgerKey(verdict.outcome(), verdict.reason(), verdict.protocol()), 1L, Long::sum);
  }

  /** Writes what has ended; what waits is not kept, so that it will not have arrived. */
  synchronized void save(StateOutput out) {
    out.number(received - ended);
    out.number(outcomes.size());
    outcomes.forEach(
        (line, count) -> {
          out.text(line.outcome().name());
          out.text(line.reason());
          out.text(line.protocol().name());
          out.number(count);
        });
  }

  /**
   * Goes on from saved books.
   *
   * <p>What waited then was never observed: it counts as dropped by the stop.
   */
  synchronized void restore(StateInput in) throws SnapshotException {
    long waited = in.count();
    Map<LedgerKey, Long> saved = new LinkedHashMap<>();
    int lines = in.size(MAX_SAVED_LINES);
    for (int i = 0; i < lines; i++) {
      saved.put(line(in), in.count());
    }
    Verdict lost = Verdict.dropped(DropReason.SHUTDOWN, "");
    saved.merge(new LedgerKey(lost.outcome(), lost.reason(), lost.protocol()), waited, Long::sum);
    saved.forEach(
        (line, count) -> {
          outcomes.merge(line, count, Long::sum);
          received += count;
          ended += count;
        });
  }

  private static LedgerKey line(StateInput in) throws SnapshotException {
    try {
      return new LedgerKey(
          Outcome.valueOf(in.text(MAX_WORD_BYTES)),
          in.text(MAX_WORD_BYTES),
          Protocol.valueOf(in.text(MAX_WORD_BYTES)));
    } catch (IllegalArgumentException e) {
      throw new SnapshotException("no line of these books");
    }
  }

  /** Returns the books as they stand now. */
  public synchronized LedgerSnapshot snapshot() {
    return new LedgerSnapshot(received, received - ended, outcomes);
  }
}
