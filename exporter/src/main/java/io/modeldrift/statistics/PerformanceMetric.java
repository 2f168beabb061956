package io.modeldrift.statistics;

import java.util.Locale;

/** What can be said about predictions once their ground truth is known. */
public enum PerformanceMetric {
  /** Share of right predictions. */
  ACCURACY,
  /** Share of predicted positives that are positive. */
  PRECISION,
  /** Share of positives that were predicted. */
  RECALL,
  /** Share of negatives that were predicted. */
  SPECIFICITY,
  /** Harmonic mean of precision and recall. */
  F1,
  /** Mean of recall and specificity. */
  BALANCED_ACCURACY,
  /** Matthews correlation coefficient, −1 to 1. */
  MCC,
  /** Plain mean of the classes' precision. */
  PRECISION_MACRO,
  /** Plain mean of the classes' recall. */
  RECALL_MACRO,
  /** Plain mean of the classes' F1. */
  F1_MACRO,
  /** Mean of the classes' precision, weighted by how often the truth is the class. */
  PRECISION_WEIGHTED,
  /** Mean of the classes' recall, weighted likewise. */
  RECALL_WEIGHTED,
  /** Mean of the classes' F1, weighted likewise. */
  F1_WEIGHTED,
  /** Area under the receiver operating characteristic. */
  ROC_AUC,
  /** Area under the precision-recall steps. */
  AVERAGE_PRECISION,
  /** Mean negative logarithm of the probability given to the truth, in nats. */
  LOG_LOSS,
  /** Mean squared difference of probability and truth. */
  BRIER,
  /** Expected calibration error. */
  ECE,
  /** What the expected calibration error of a perfectly calibrated model would be. */
  ECE_NOISE_FLOOR,
  /** Largest calibration error of a group of scores. */
  MAX_CALIBRATION_ERROR,
  /** Root mean square calibration error. */
  RMS_CALIBRATION_ERROR,
  /** Root mean square calibration error less what chance adds. */
  DEBIASED_RMS_CALIBRATION_ERROR,
  /** Mean of prediction − truth; positive where the model predicts too high, best at 0. */
  BIAS,
  /** Mean absolute error. */
  MAE,
  /** Mean squared error. */
  MSE,
  /** Root of the mean squared error. */
  RMSE,
  /** Mean of |error| / |truth| over rows whose truth is not 0. */
  MAPE,
  /** Part of the truth's variance that the predictions explain. */
  R2;

  /** Returns the name used as a label value, for example {@code roc_auc}. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
