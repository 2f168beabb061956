package io.modeldrift.statistics;

import java.util.EnumMap;
import java.util.Map;

/**
 * How far scores are from being the probabilities they are read as: the gap between a group's mean
 * score and its share of positives, over groups of neighbouring scores.
 *
 * <p>All are absent without rows, and between 0 and 1. Sources: Guo et al. (2017), debiasing: Kumar
 * et al. (2019).
 *
 * @param error mean gap, weighted by rows (ECE)
 * @param noiseFloor the ECE that a perfectly calibrated model would show on average; to be
 *     published beside it
 * @param largestError largest gap of a group
 * @param rootMeanSquareError root of the weighted mean of squared gaps
 * @param debiasedRootMeanSquareError the same less what chance adds to it
 */
public record Calibration(
    Result error,
    Result noiseFloor,
    Result largestError,
    Result rootMeanSquareError,
    Result debiasedRootMeanSquareError) {

  static Calibration of(ScoreGroupCounts groups) {
    double rows = groups.total();
    double error = 0;
    double floor = 0;
    double largest = 0;
    double squares = 0;
    double debiased = 0;
    for (int group = 0; group < groups.size(); group++) {
      double inGroup = groups.rows(group);
      if (inGroup == 0) {
        continue;
      }
      double weight = inGroup / rows;
      double score = groups.scores(group) / inGroup;
      double share = groups.positives(group) / inGroup;
      double gap = Math.abs(score - share);
      error += weight * gap;
      floor += weight * Math.sqrt(2 * Math.max(0, score * (1 - score)) / (Math.PI * inGroup));
      largest = Math.max(largest, gap);
      squares += weight * gap * gap;
      if (inGroup > 1) {
        debiased += weight * (gap * gap - share * (1 - share) / (inGroup - 1));
      }
    }
    return rows == 0
        ? NO_ROWS
        : new Calibration(
            Result.ofFinite(error),
            Result.ofFinite(floor),
            Result.ofFinite(largest),
            Result.ofFinite(Math.sqrt(squares)),
            Result.ofFinite(Math.sqrt(Math.max(0, debiased))));
  }

  private static final Result NOTHING = Result.absent(Result.Reason.NO_ROWS);
  private static final Calibration NO_ROWS =
      new Calibration(NOTHING, NOTHING, NOTHING, NOTHING, NOTHING);

  /** Returns the numbers by their metric. */
  public Map<PerformanceMetric, Estimate> metrics() {
    Result unknown = Result.absent(Result.Reason.NOT_DEFINED);
    Map<PerformanceMetric, Estimate> metrics = new EnumMap<>(PerformanceMetric.class);
    metrics.put(PerformanceMetric.ECE, new Estimate(error, unknown));
    metrics.put(PerformanceMetric.ECE_NOISE_FLOOR, new Estimate(noiseFloor, unknown));
    metrics.put(PerformanceMetric.MAX_CALIBRATION_ERROR, new Estimate(largestError, unknown));
    metrics.put(
        PerformanceMetric.RMS_CALIBRATION_ERROR, new Estimate(rootMeanSquareError, unknown));
    metrics.put(
        PerformanceMetric.DEBIASED_RMS_CALIBRATION_ERROR,
        new Estimate(debiasedRootMeanSquareError, unknown));
    return metrics;
  }
}
