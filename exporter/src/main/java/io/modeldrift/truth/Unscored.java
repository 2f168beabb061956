package io.modeldrift.truth;

import java.util.Locale;

/** Why an outcome that found its prediction did not count for performance, or not in full. */
public enum Unscored {
  /** Neither configuration nor baseline says what the model predicts. */
  UNKNOWN_OUTPUT,
  /** The prediction has no value, or not of the kind that the model is said to predict. */
  NO_PREDICTION,
  /** The score is missing or not in [0, 1]: the decision counted, the score did not. */
  BAD_SCORE,
  /**
   * The predicted number or the truth is so large, or the truth so near 0, that no sum can hold it.
   */
  EXTREME;

  /** Returns the value of the {@code reason} label. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
