package io.modeldrift.statistics;

import io.modeldrift.distribution.BinnedCounts;

/**
 * Baseline and current counts of one column over the same bins: what every measure reads.
 *
 * <p>A numeric column has its <em>value bins</em> (underflow, intervals, overflow) first and in
 * order, with the sum of the values in each, then the bins without order (missing, invalid). A
 * categorical column has no value bins.
 *
 * <p>Immutable and thread-safe. Creating one takes two passes over the bins.
 */
public final class BinnedPair {

  private final BinnedCounts baseline;
  private final BinnedCounts current;
  private final int valueBins;
  private final double baselineDeviation;
  private final int occupiedBins;
  private final long baselineValues;
  private final long currentValues;

  private BinnedPair(
      BinnedCounts baseline, BinnedCounts current, int valueBins, double baselineDeviation) {
    Arguments.requireSameLength(baseline.bins(), current.bins());
    if (valueBins < 0 || valueBins > baseline.bins()) {
      throw new IllegalArgumentException(
          valueBins + " value bins do not fit into " + baseline.bins());
    }
    this.baseline = baseline;
    this.current = current;
    this.valueBins = valueBins;
    this.baselineDeviation = baselineDeviation;
    this.occupiedBins = countOccupied(baseline, current);
    this.baselineValues = total(baseline, valueBins);
    this.currentValues = total(current, valueBins);
  }

  /**
   * Returns the pair of a categorical column.
   *
   * @throws IllegalArgumentException if the sides differ in their number of bins
   */
  public static BinnedPair unordered(BinnedCounts baseline, BinnedCounts current) {
    return new BinnedPair(baseline, current, 0, Double.NaN);
  }

  /**
   * Returns the pair of a numeric column. Wasserstein is absent if a side has no sums.
   *
   * @param valueBins how many bins from the first are ordered
   * @param baselineDeviation population standard deviation of the baseline's finite values
   * @throws IllegalArgumentException if the sides differ in their number of bins, or there are
   *     fewer than {@code valueBins} bins
   */
  public static BinnedPair ordered(
      BinnedCounts baseline, BinnedCounts current, int valueBins, double baselineDeviation) {
    return new BinnedPair(baseline, current, valueBins, baselineDeviation);
  }

  /** Returns how many bins the layout has, empty ones included. */
  public int bins() {
    return baseline.bins();
  }

  /** Returns how many bins are non-empty on at least one side ({@code B}). */
  public int occupiedBins() {
    return occupiedBins;
  }

  /** Returns how many bins from the first are ordered; 0 for a categorical column. */
  public int valueBins() {
    return valueBins;
  }

  /** Returns the baseline's rows, missing and invalid ones included. */
  public long baselineRows() {
    return baseline.total();
  }

  /** Returns the window's rows, missing and invalid ones included. */
  public long currentRows() {
    return current.total();
  }

  /** Returns {@code 1/n_b + 1/n_c}, the unit of noise; infinite if a side is empty. */
  public double noiseUnit() {
    return 1.0 / baseline.total() + 1.0 / current.total();
  }

  /** Returns the noise unit over value bins only; infinite if a side has no value. */
  public double valueNoiseUnit() {
    return 1.0 / baselineValues + 1.0 / currentValues;
  }

  /**
   * Returns the largest {@code p(1−p)} of the pooled shares, which the largest difference needs.
   */
  public double largestPooledVariance() {
    double rows = (double) baseline.total() + current.total();
    double largest = 0;
    for (int bin = 0; bin < bins(); bin++) {
      double share = (baseline.count(bin) + current.count(bin)) / rows;
      largest = Math.max(largest, share * (1 - share));
    }
    return largest;
  }

  boolean isOccupied(int bin) {
    return baseline.count(bin) + current.count(bin) > 0;
  }

  long baseline(int bin) {
    return baseline.count(bin);
  }

  long current(int bin) {
    return current.count(bin);
  }

  double baselineShare(int bin) {
    return baseline.share(bin);
  }

  double currentShare(int bin) {
    return current.share(bin);
  }

  /** Share of the baseline after half counts, see {@link Measure#PSI}. */
  double smoothedBaselineShare(int bin) {
    return (baseline.count(bin) + 0.5) / (baseline.total() + occupiedBins / 2.0);
  }

  double smoothedCurrentShare(int bin) {
    return (current.count(bin) + 0.5) / (current.total() + occupiedBins / 2.0);
  }

  long baselineValues() {
    return baselineValues;
  }

  long currentValues() {
    return currentValues;
  }

  double baselineMean(int bin) {
    return baseline.sum(bin) / baseline.count(bin);
  }

  double currentMean(int bin) {
    return current.sum(bin) / current.count(bin);
  }

  double baselineDeviation() {
    return baselineDeviation;
  }

  /** Values near 1e308 can overflow a sum; counts hold even then. */
  boolean hasFiniteSums() {
    if (!baseline.hasSums() || !current.hasSums()) {
      return false;
    }
    for (int bin = 0; bin < valueBins; bin++) {
      if (!Double.isFinite(baseline.sum(bin)) || !Double.isFinite(current.sum(bin))) {
        return false;
      }
    }
    return true;
  }

  private static long total(BinnedCounts counts, int bins) {
    long total = 0;
    for (int bin = 0; bin < bins; bin++) {
      total += counts.count(bin);
    }
    return total;
  }

  private static int countOccupied(BinnedCounts baseline, BinnedCounts current) {
    int occupied = 0;
    for (int bin = 0; bin < baseline.bins(); bin++) {
      if (baseline.count(bin) + current.count(bin) > 0) {
        occupied++;
      }
    }
    return occupied;
  }
}
