package io.modeldrift.truth;

import io.modeldrift.inference.Value;

/**
 * A prediction that waits for its ground truth, with what is needed to score it and nothing else.
 *
 * @param hash of model name, inference id and row
 * @param arrivalMillis when it was taken, by the exporter's clock
 * @param timeMillis when the prediction was made, by its sender's
 * @param model number of the model version's name in the store's list of words
 * @param prediction what was predicted
 * @param attributes numbers of its segments and groups in the list of words
 */
record StoredPrediction(
    long hash,
    long arrivalMillis,
    long timeMillis,
    int model,
    Prediction prediction,
    int[] attributes) {

  StoredPrediction withHash(long newHash) {
    return new StoredPrediction(newHash, arrivalMillis, timeMillis, model, prediction, attributes);
  }

  byte[] encoded() {
    ByteWriter out = new ByteWriter();
    out.fixed(hash);
    out.fixed(arrivalMillis);
    out.signed(timeMillis - arrivalMillis);
    out.unsigned(model);
    out.number(prediction.number());
    out.value(prediction.decision());
    out.unsigned(attributes.length);
    for (int attribute : attributes) {
      out.unsigned(attribute);
    }
    for (double probability : prediction.probabilities()) {
      out.number(probability);
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
    double[] probabilities = new double[in.remaining() / Double.BYTES];
    for (int i = 0; i < probabilities.length; i++) {
      probabilities[i] = in.number();
    }
    return new StoredPrediction(
        hash, arrival, time, model, new Prediction(number, decision, probabilities), attributes);
  }
}
