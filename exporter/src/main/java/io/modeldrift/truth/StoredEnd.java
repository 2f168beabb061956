package io.modeldrift.truth;

import io.modeldrift.distribution.TextHash;
import io.modeldrift.inference.Value;
import io.modeldrift.snapshot.SnapshotException;
import io.modeldrift.snapshot.StateInput;
import io.modeldrift.snapshot.StateOutput;
import org.h2.mvstore.MVStoreException;

/**
 * What is remembered of a prediction that waits no longer.
 *
 * @param matched whether its outcome came; else it expired
 * @param outcome fingerprint of the outcome, to tell a repetition from a contradiction
 * @param prediction number of the prediction in the store; −1 if it was never there
 */
record StoredEnd(long hash, long endedMillis, boolean matched, int outcome, long prediction) {

  static int fingerprint(Value outcome) {
    return (int) TextHash.of(ClassNames.of(outcome));
  }

  byte[] encoded() {
    StateOutput out = new StateOutput();
    out.number(hash);
    out.number(endedMillis);
    out.flag(matched);
    out.number(outcome & 0xFFFF_FFFFL);
    out.number(prediction + 1);
    return out.toBytes();
  }

  /**
   * Reads what {@link #encoded} wrote.
   *
   * @throws MVStoreException if it is something else
   */
  static StoredEnd of(byte[] bytes) {
    StateInput in = new StateInput(bytes);
    try {
      return new StoredEnd(in.number(), in.number(), in.flag(), (int) in.number(), in.number() - 1);
    } catch (SnapshotException e) {
      throw StoredValue.unreadable(e);
    }
  }
}
