package io.modeldrift.truth;

import io.modeldrift.inference.Value;
import org.jspecify.annotations.Nullable;

/**
 * What a row predicts.
 *
 * @param number the score or predicted number; NaN if there is none
 * @param decision the predicted class; null if there is none
 * @param probabilities of each class, in the order of the configuration, NaN where one is missing;
 *     empty if they are not configured
 */
record Prediction(double number, @Nullable Value decision, double[] probabilities) {

  private static final double[] NONE = {};

  Prediction(double number, @Nullable Value decision) {
    this(number, decision, NONE);
  }

  boolean isNothing() {
    return Double.isNaN(number) && decision == null;
  }
}
