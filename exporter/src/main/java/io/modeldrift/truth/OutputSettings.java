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
 * @param classes what is known of more than two classes; makes the kind {@link
 *     OutputKind#MULTICLASS} unless it is none
 */
public record OutputSettings(
    @Nullable OutputKind kind,
    String score,
    String decision,
    double threshold,
    String positive,
    boolean calibrated,
    OutputClasses classes) {

  /** Threshold unless configured. */
  public static final double DEFAULT_THRESHOLD = 0.5;

  private static final OutputSettings DEFAULTS =
      new OutputSettings(null, "", "", DEFAULT_THRESHOLD, "", false, OutputClasses.none());

  /**
   * Checks the threshold and the kind.
   *
   * @throws IllegalArgumentException if the former is not in [0, 1], or classes are named for a
   *     model that predicts something else
   */
  public OutputSettings {
    if (!(threshold >= 0 && threshold <= 1)) {
      throw new IllegalArgumentException("threshold " + threshold + " is not in [0, 1]");
    }
    if (!classes.equals(OutputClasses.none())) {
      if (kind != null && kind != OutputKind.MULTICLASS) {
        throw new IllegalArgumentException("classes are for the kind multiclass");
      }
      kind = OutputKind.MULTICLASS;
    }
  }

  /** Returns what holds for a model that nothing is said about. */
  public static OutputSettings defaults() {
    return DEFAULTS;
  }

  public OutputSettings withKind(OutputKind newKind) {
    return new OutputSettings(newKind, score, decision, threshold, positive, calibrated, classes);
  }

  public OutputSettings withScore(String newScore) {
    return new OutputSettings(kind, newScore, decision, threshold, positive, calibrated, classes);
  }

  public OutputSettings withThreshold(double newThreshold) {
    return new OutputSettings(kind, score, decision, newThreshold, positive, calibrated, classes);
  }

  public OutputSettings withCalibrated(boolean newCalibrated) {
    return new OutputSettings(kind, score, decision, threshold, positive, newCalibrated, classes);
  }

  public OutputSettings withClasses(OutputClasses newClasses) {
    return new OutputSettings(kind, score, decision, threshold, positive, calibrated, newClasses);
  }
}
