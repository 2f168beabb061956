package io.modeldrift.truth;

/**
 * What is remembered of a prediction that waits no longer.
 *
 * @param matched whether its outcome came; else it expired
 * @param outcome fingerprint of the outcome, to tell a repetition from a contradiction
 * @param prediction number of the prediction in the store; −1 if it was never there
 */
record StoredEnd(long hash, long endedMillis, boolean matched, int outcome, long prediction) {

  byte[] encoded() {
    ByteWriter out = new ByteWriter();
    out.fixed(hash);
    out.fixed(endedMillis);
    out.unsigned(matched ? 1 : 0);
    out.fixed(outcome);
    out.signed(prediction);
    return out.bytes();
  }

  static StoredEnd of(byte[] bytes) {
    ByteReader in = new ByteReader(bytes);
    return new StoredEnd(in.fixed(), in.fixed(), in.unsigned() == 1, (int) in.fixed(), in.signed());
  }
}
