package io.modeldrift.truth;

import io.modeldrift.inference.Value;
import org.jspecify.annotations.Nullable;

/**
 * A prediction that waits for its ground truth, with what is needed to score it and nothing else.
 *
 * @param hash of model name, inference id and row
 * @param arrivalMillis when it was taken, by the exporter's clock
 * @param timeMillis when the prediction was made, by its sender's
 * @param model number of the model version's name in the store's list of words
 * @param number the score or predicted number; NaN if there is none
 * @param decision the predicted class; null if there is none
 * @param attributes numbers of its segments and groups in the list of words
 */
record StoredPrediction(
    long hash,
    long arrivalMillis,
    long timeMillis,
    int model,
    double number,
    @Nullable Value decision,
    int[] attributes) {

  byte[] encoded() {
    ByteWriter out = new ByteWriter();
    out.fixed(hash);
    out.fixed(arrivalMillis);
    out.signed(timeMillis - arrivalMillis);
    out.unsigned(model);
    out.number(number);
    out.value(decision);
    out.unsigned(attributes.length);
    for (int attribute : attributes) {
      out.unsigned(attribute);
    }
    return out.bytes();
  }

  static StoredPrediction of(byte[] bytes) {
    ByteReader in = new ByteReader(bytes);
    long hash = in.fixed();
    long arrival = in.fixed();
    long time = arrival + in.signed();
    int model = in.unsigned();
    double number = in.number();
    Value decision = in.value();
    int[] attributes = new int[in.unsigned()];
    for (int i = 0; i < attributes.length; i++) {
      attributes[i] = in.unsigned();
    }
    return new StoredPrediction(hash, arrival, time, model, number, decision, attributes);
  }
}
