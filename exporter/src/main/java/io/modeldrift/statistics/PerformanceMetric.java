package io.modeldrift.statistics;

import java.util.Locale;

/** What can be said about predictions once their ground truth is known. */
public enum PerformanceMetric {
  /** Share of right predictions. */
  ACCURACY(true),
  /** Share of predicted positives that are positive. */
  PRECISION(true),
  /** Share of positives that were predicted. */
  RECALL(true),
  /** Share of negatives that were predicted. */
  SPECIFICITY(true),
  /** Harmonic mean of precision and recall. */
  F1(true),
  /** Mean of recall and specificity. */
  BALANCED_ACCURACY(true),
  /** Matthews correlation coefficient, −1 to 1. */
  MCC(true),
  /** Plain mean of the classes' precision. */
  PRECISION_MACRO(true),
  /** Plain mean of the classes' recall. */
  RECALL_MACRO(true),
  /** Plain mean of the classes' F1. */
  F1_MACRO(true),
  /** Mean of the classes' precision, weighted by how often the truth is the class. */
  PRECISION_WEIGHTED(true),
  /** Mean of the classes' recall, weighted likewise. */
  RECALL_WEIGHTED(true),
  /** Mean of the classes' F1, weighted likewise. */
  F1_WEIGHTED(true),
  /** Area under the receiver operating characteristic. */
  ROC_AUC(true),
  /** Area under the precision-recall steps. */
  AVERAGE_PRECISION(true),
  /** Mean negative logarithm of the probability given to the truth, in nats. */
  LOG_LOSS(false),
  /** Mean squared difference of probability and truth. */
  BRIER(false),
  /** Expected calibration error. */
  ECE(false),
  /** What the expected calibration error of a perfectly calibrated model would be. */
  ECE_NOISE_FLOOR(false),
  /** Largest calibration error of a group of scores. */
  MAX_CALIBRATION_ERROR(false),
  /** Root mean square calibration error. */
  RMS_CALIBRATION_ERROR(false),
  /** Root mean square calibration error less what chance adds. */
  DEBIASED_RMS_CALIBRATION_ERROR(false),
  /** Mean of prediction − truth; positive where the model predicts too high. */
  BIAS(false),
  /** Mean absolute error. */
  MAE(false),
  /** Mean squared error. */
  MSE(false),
  /** Root of the mean squared error. */
  RMSE(false),
  /** Mean of |error| / |truth| over rows whose truth is not 0. */
  MAPE(false),
  /** Part of the truth's variance that the predictions explain. */
  R2(true);

  private final boolean higherBetter;

  PerformanceMetric(boolean higherBetter) {
    this.higherBetter = higherBetter;
  }

  /** Returns the name used as a label value, for example {@code roc_auc}. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Returns whether a larger number is a better model; {@link #BIAS} is best at 0. */
  public boolean isHigherBetter() {
    return higherBetter;
  }
}
