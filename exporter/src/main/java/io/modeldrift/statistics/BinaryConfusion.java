package io.modeldrift.statistics;

import java.util.EnumMap;
import java.util.Map;

/**
 * How often each of two classes was predicted and turned out true: counts, or expected counts where
 * the truth is estimated.
 *
 * <p>Sampling errors are those of shares, and for F1 by the delta method on multinomial counts.
 *
 * @param truePositives predicted positive and positive
 * @param falsePositives predicted positive and negative
 * @param falseNegatives predicted negative and positive
 * @param trueNegatives predicted negative and negative
 */
public record BinaryConfusion(
    double truePositives, double falsePositives, double falseNegatives, double trueNegatives) {

  public BinaryConfusion {
    if (!(truePositives >= 0 && falsePositives >= 0 && falseNegatives >= 0 && trueNegatives >= 0)) {
      throw new IllegalArgumentException("a count is negative or not a number");
    }
  }

  /** Returns the number of rows. */
  public double rows() {
    return truePositives + falsePositives + falseNegatives + trueNegatives;
  }

  /** Returns how many rows are positive. */
  public double positives() {
    return truePositives + falseNegatives;
  }

  /** Returns how many rows are negative. */
  public double negatives() {
    return trueNegatives + falsePositives;
  }

  /** Returns how many rows were predicted positive. */
  public double selected() {
    return truePositives + falsePositives;
  }

  /** Returns the share of right predictions; absent without rows. */
  public Estimate accuracy() {
    return Estimate.ofShare(truePositives + trueNegatives, rows());
  }

  /** Returns the share of predicted positives that are positive; absent if there are none. */
  public Estimate precision() {
    return Estimate.ofShare(truePositives, selected());
  }

  /** Returns the share of positives that were predicted; absent if there are none. */
  public Estimate recall() {
    return Estimate.ofShare(truePositives, positives());
  }

  /** Returns the share of negatives that were predicted; absent if there are none. */
  public Estimate specificity() {
    return Estimate.ofShare(trueNegatives, negatives());
  }

  /** Returns the harmonic mean of precision and recall; absent without any positive. */
  public Estimate f1() {
    double wrong = falsePositives + falseNegatives;
    double weight = 2 * truePositives + wrong;
    double error =
        2 * Math.sqrt(truePositives * wrong * (truePositives + wrong)) / (weight * weight);
    return Estimate.of(2 * truePositives / weight, error);
  }

  /** Returns the mean of recall and specificity; absent if either is. */
  public Estimate balancedAccuracy() {
    double recall = truePositives / positives();
    double specificity = trueNegatives / negatives();
    double variance =
        recall * (1 - recall) / positives() + specificity * (1 - specificity) / negatives();
    return Estimate.of((recall + specificity) / 2, Math.sqrt(Math.max(0, variance)) / 2);
  }

  /** Returns the Matthews correlation coefficient; absent if a row or column is empty. */
  public Estimate matthewsCorrelation() {
    double scale = Math.sqrt(selected() * positives() * negatives() * notSelected());
    double covariance = truePositives * trueNegatives - falsePositives * falseNegatives;
    return Estimate.ofValue(covariance / scale);
  }

  /** Returns every number of two classes by its metric. */
  public Map<PerformanceMetric, Estimate> metrics() {
    Map<PerformanceMetric, Estimate> metrics = new EnumMap<>(PerformanceMetric.class);
    metrics.put(PerformanceMetric.ACCURACY, accuracy());
    metrics.put(PerformanceMetric.PRECISION, precision());
    metrics.put(PerformanceMetric.RECALL, recall());
    metrics.put(PerformanceMetric.SPECIFICITY, specificity());
    metrics.put(PerformanceMetric.F1, f1());
    metrics.put(PerformanceMetric.BALANCED_ACCURACY, balancedAccuracy());
    metrics.put(PerformanceMetric.MCC, matthewsCorrelation());
    return metrics;
  }

  private double notSelected() {
    return falseNegatives + trueNegatives;
  }
}
