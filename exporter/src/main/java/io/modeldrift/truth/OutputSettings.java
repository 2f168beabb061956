package io.modeldrift.truth;

import org.jspecify.annotations.Nullable;

/**
 * Which columns are the prediction, and how it is read.
 *
 * @param kind null to tell it from the baseline, where that is safe
 * @param score name of the column with the probability of the positive class, or with the predicted
 *     number; empty for the only numeric output
 * @param decision name of the column with the predicted class; empty for the only other output
 * @param threshold score from which the decision is positive, where the model sends none
 * @param positive name of the positive class; empty for {@code 1} and {@code true}
 * @param calibrated whether scores are declared to be probabilities, so that performance may be
 *     estimated without the baseline showing it
 */
public record OutputSettings(
    @Nullable OutputKind kind,
    String score,
    String decision,
    double threshold,
    String positive,
    boolean calibrated) {

  /** Threshold unless configured. */
  public static final double DEFAULT_THRESHOLD = 0.5;

  private static final OutputSettings DEFAULTS =
      new OutputSettings(null, "", "", DEFAULT_THRESHOLD, "", false);

  /**
   * Checks the threshold.
   *
   * @throws IllegalArgumentException if it is not in [0, 1]
   */
  public OutputSettings {
    if (!(threshold >= 0 && threshold <= 1)) {
      throw new IllegalArgumentException("threshold " + threshold + " is not in [0, 1]");
    }
  }

  /** Returns what holds for a model that nothing is said about. */
  public static OutputSettings defaults() {
    return DEFAULTS;
  }

  public OutputSettings withKind(OutputKind newKind) {
    return new OutputSettings(newKind, score, decision, threshold, positive, calibrated);
  }

  public OutputSettings withScore(String newScore) {
    return new OutputSettings(kind, newScore, decision, threshold, positive, calibrated);
  }

  public OutputSettings withDecision(String newDecision) {
    return new OutputSettings(kind, score, newDecision, threshold, positive, calibrated);
  }

  public OutputSettings withThreshold(double newThreshold) {
    return new OutputSettings(kind, score, decision, newThreshold, positive, calibrated);
  }

  public OutputSettings withPositive(String newPositive) {
    return new OutputSettings(kind, score, decision, threshold, newPositive, calibrated);
  }

  public OutputSettings withCalibrated(boolean newCalibrated) {
    return new OutputSettings(kind, score, decision, threshold, positive, newCalibrated);
  }
}
