package io.modeldrift.truth;

import io.modeldrift.inference.Value;
import io.modeldrift.snapshot.SnapshotException;
import io.modeldrift.snapshot.StateInput;
import io.modeldrift.snapshot.StateOutput;
import org.h2.mvstore.MVStoreException;

/**
 * An outcome that waits for its prediction.
 *
 * @param hashes of model name, id and row, one for each id that it may be known by
 * @param arrivalMillis when it was taken
 * @param model number of the model version that it was counted for in the store's list of words
 */
record StoredTruth(long[] hashes, long arrivalMillis, int model, Value outcome) {

  byte[] encoded() {
    StateOutput out = new StateOutput();
    out.numbers(hashes);
    out.number(arrivalMillis);
    out.number(model);
    StoredValue.save(outcome, out);
    return out.toBytes();
  }

  /**
   * Reads what {@link #encoded} wrote.
   *
   * @throws MVStoreException if it is something else
   */
  static StoredTruth of(byte[] bytes) {
    StateInput in = new StateInput(bytes);
    try {
      long[] hashes = new long[in.size(bytes.length)];
      for (int i = 0; i < hashes.length; i++) {
        hashes[i] = in.number();
      }
      long arrival = in.number();
      int model = (int) in.number(0, Integer.MAX_VALUE);
      Value outcome = StoredValue.restore(in);
      if (outcome == null) {
        throw new SnapshotException("a stored outcome is missing");
      }
      return new StoredTruth(hashes, arrival, model, outcome);
    } catch (SnapshotException e) {
      throw StoredValue.unreadable(e);
    }
  }
}
