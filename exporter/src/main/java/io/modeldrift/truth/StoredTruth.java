package io.modeldrift.truth;

import io.modeldrift.inference.Value;

/**
 * An outcome that waits for its prediction.
 *
 * @param hashes of model name, id and row, one for each id that it may be known by
 * @param arrivalMillis when it was taken
 * @param model number of the model version that it was counted for in the store's list of words
 */
record StoredTruth(long[] hashes, long arrivalMillis, int model, Value outcome) {

  byte[] encoded() {
    ByteWriter out = new ByteWriter();
    out.unsigned(hashes.length);
    for (long hash : hashes) {
      out.fixed(hash);
    }
    out.fixed(arrivalMillis);
    out.unsigned(model);
    out.value(outcome);
    return out.bytes();
  }

  static StoredTruth of(byte[] bytes) {
    ByteReader in = new ByteReader(bytes);
    long[] hashes = new long[in.unsigned()];
    for (int i = 0; i < hashes.length; i++) {
      hashes[i] = in.fixed();
    }
    long arrival = in.fixed();
    int model = in.unsigned();
    Value outcome = in.value();
    if (outcome == null) {
      throw new IllegalArgumentException("a stored outcome is missing");
    }
    return new StoredTruth(hashes, arrival, model, outcome);
  }
}
