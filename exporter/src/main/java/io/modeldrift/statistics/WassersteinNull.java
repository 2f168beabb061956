package io.modeldrift.statistics;

import io.modeldrift.distribution.BinnedCounts;
import java.util.List;

/**
 * What the Wasserstein distance of a column reads when nothing has drifted.
 *
 * <p>Divided by the root of the noise unit over value bins, it is taken for a gamma variable. Its
 * mean and standard deviation come from the mean area under a Brownian bridge over the baseline's
 * bins, {@code a₁}, and from the distances of the baseline's own chunks where there are any; the
 * larger of the two counts, so that dependent rows are accounted for.
 *
 * @param bridgeArea {@code a₁} in baseline standard deviations, at least 0
 * @param mean mean of the gamma variable, at least 0
 * @param deviation standard deviation of the gamma variable, at least 0
 */
public record WassersteinNull(double bridgeArea, double mean, double deviation) {

  /** What bin means add to the mean, for normal, uniform, exponential and lognormal data. */
  private static final double MEAN_FACTOR = 1.4;

  private static final double DEVIATION_FACTOR = 0.45;

  public WassersteinNull {
    Arguments.requireNonNegative(bridgeArea, "bridge area");
    Arguments.requireNonNegative(mean, "mean");
    Arguments.requireNonNegative(deviation, "deviation");
  }

  /** Returns the null distribution of independent rows. */
  public static WassersteinNull ofBridgeArea(double bridgeArea) {
    return new WassersteinNull(bridgeArea, MEAN_FACTOR * bridgeArea, DEVIATION_FACTOR * bridgeArea);
  }

  /**
   * Returns the null distribution of a column; one of mean 0, from which no threshold comes, if the
   * deviation is 0 or not finite, or there are no values or no sums.
   *
   * @param baseline counts and sums per bin
   * @param valueBins how many bins from the first are ordered
   * @param deviation population standard deviation of the baseline's finite values
   * @param chunks consecutive chunks of the baseline over the same bins; none if its rows have no
   *     order in time
   */
  public static WassersteinNull of(
      BinnedCounts baseline, int valueBins, double deviation, List<BinnedCounts> chunks) {
    WassersteinNull independent = ofBridgeArea(bridgeArea(baseline, valueBins, deviation));
    double[] distances =
        chunks.stream()
            .mapToDouble(chunk -> distance(baseline, valueBins, deviation, chunk))
            .filter(Double::isFinite)
            .toArray();
    if (distances.length < 2) {
      return independent;
    }
    return new WassersteinNull(
        independent.bridgeArea,
        Math.max(independent.mean, Moments.mean(distances)),
        Math.max(independent.deviation, Math.sqrt(Moments.variance(distances))));
  }

  /** Returns the distance, in baseline standard deviations, exceeded with this probability. */
  double threshold(double gammaQuantile, double valueNoiseUnit) {
    return Math.sqrt(valueNoiseUnit) * gammaQuantile * scale();
  }

  /** Returns the probability of a larger distance by chance alone. */
  double upperTail(double distance, double valueNoiseUnit) {
    return GammaQuantile.upperTail(distance / (Math.sqrt(valueNoiseUnit) * scale()), shape());
  }

  /** Whether there is a distribution at all: one bin mean alone leaves nothing to vary. */
  boolean isDefined() {
    return mean > 0 && deviation > 0;
  }

  double shape() {
    return mean * mean / (deviation * deviation);
  }

  private double scale() {
    return deviation * deviation / mean;
  }

  private static double distance(
      BinnedCounts baseline, int valueBins, double deviation, BinnedCounts chunk) {
    BinnedPair pair = BinnedPair.ordered(Chunks.rest(baseline, chunk), chunk, valueBins, deviation);
    return OrderedMeasures.wasserstein(pair) / Math.sqrt(pair.valueNoiseUnit());
  }

  private static double bridgeArea(BinnedCounts baseline, int valueBins, double deviation) {
    double values = 0;
    for (int bin = 0; bin < valueBins; bin++) {
      values += baseline.count(bin);
    }
    double area = 0;
    double cumulated = 0;
    double previousMean = 0;
    for (int bin = 0; bin < valueBins; bin++) {
      if (baseline.count(bin) > 0) {
        double mean = baseline.sum(bin) / baseline.count(bin);
        double below = cumulated / values;
        area += (mean - previousMean) * Math.sqrt(below * (1 - below));
        previousMean = mean;
        cumulated += baseline.count(bin);
      }
    }
    double inDeviations = Math.sqrt(2 / Math.PI) * area / deviation;
    return Double.isFinite(inDeviations) ? Math.max(0, inDeviations) : 0;
  }
}
