package io.modeldrift.truth;

import io.modeldrift.inference.Value;
import io.modeldrift.snapshot.SnapshotException;
import io.modeldrift.snapshot.StateInput;
import io.modeldrift.snapshot.StateOutput;
import org.h2.mvstore.MVStoreException;

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
    StateOutput out = new StateOutput();
    out.number(hash);
    out.number(arrivalMillis);
    out.number(timeMillis);
    out.number(model);
    out.real(prediction.number());
    StoredValue.save(prediction.decision(), out);
    out.number(attributes.length);
    for (int attribute : attributes) {
      out.number(attribute);
    }
    out.reals(prediction.probabilities());
    return out.toBytes();
  }

  /**
   * Reads what {@link #encoded} wrote.
   *
   * @throws MVStoreException if it is something else
   */
  static StoredPrediction of(byte[] bytes) {
    StateInput in = new StateInput(bytes);
    try {
      long hash = in.number();
      long arrival = in.number();
      long time = in.number();
      int model = (int) in.number(0, Integer.MAX_VALUE);
      double number = in.real();
      Value decision = StoredValue.restore(in);
      int[] attributes = new int[in.size(bytes.length)];
      for (int i = 0; i < attributes.length; i++) {
        attributes[i] = (int) in.number(0, Integer.MAX_VALUE);
      }
      double[] probabilities = new double[in.size(OutputClasses.MOST)];
      for (int i = 0; i < probabilities.length; i++) {
        probabilities[i] = in.real();
      }
      return new StoredPrediction(
          hash, arrival, time, model, new Prediction(number, decision, probabilities), attributes);
    } catch (SnapshotException e) {
      throw StoredValue.unreadable(e);
    }
  }
}
