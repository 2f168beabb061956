package io.modeldrift.statistics;

/**
 * How unusual a row's value is, per bin: the parts of the histogram-based outlier score (HBOS).
 *
 * <p>A row's outlier score is the sum over its columns of the penalty of the bin each value fell
 * into: at least 0, no unit, larger for rarer combinations. Pure functions; computed once per
 * baseline. Source: Goldstein and Dengel (2012), dynamic bin widths.
 */
public final class OutlierPenalties {

  private OutlierPenalties() {}

  /**
   * Returns the penalty of each bin of a numeric column, in the order underflow, intervals,
   * overflow, missing, invalid.
   *
   * @param lowerEdges strictly increasing lower edges of the intervals
   * @param max upper end of the last interval, included in it
   * @param counts baseline counts in the order above
   * @throws IllegalArgumentException if counts do not fit the edges, or there is no edge
   */
  public static double[] numeric(double[] lowerEdges, double max, long[] counts) {
    int intervals = lowerEdges.length;
    if (intervals == 0 || counts.length != intervals + 4) {
      throw new IllegalArgumentException(
          counts.length + " counts do not fit " + intervals + " intervals and four further bins");
    }
    double[] shares = smoothedShares(counts);
    double[] widths = widths(lowerEdges, max);
    double[] densities = new double[widths.length];
    for (int bin = 0; bin < widths.length; bin++) {
      densities[bin] = shares[bin] / widths[bin];
    }
    double[] penalties = new double[counts.length];
    fill(penalties, densities, 0, widths.length, largest(densities));
    fill(penalties, shares, widths.length, counts.length, largest(shares));
    return penalties;
  }

  /** Returns the penalty of each bin of a categorical column, in the order of the counts. */
  public static double[] categorical(long[] counts) {
    double[] shares = smoothedShares(counts);
    double[] penalties = new double[counts.length];
    fill(penalties, shares, 0, counts.length, largest(shares));
    return penalties;
  }

  private static void fill(double[] penalties, double[] heights, int from, int to, double highest) {
    for (int bin = from; bin < to; bin++) {
      penalties[bin] = Math.log(highest / heights[bin]);
    }
  }

  private static double[] smoothedShares(long[] counts) {
    double rows = counts.length / 2.0;
    for (long count : counts) {
      rows += count;
    }
    double[] shares = new double[counts.length];
    for (int bin = 0; bin < counts.length; bin++) {
      shares[bin] = (counts[bin] + 0.5) / rows;
    }
    return shares;
  }

  /** Widths of underflow, intervals and overflow. */
  private static double[] widths(double[] lowerEdges, double max) {
    int intervals = lowerEdges.length;
    double[] widths = new double[intervals + 2];
    double narrowest = Double.POSITIVE_INFINITY;
    for (int i = 0; i < intervals; i++) {
      boolean last = i == intervals - 1;
      double end = last ? max : lowerEdges[i + 1];
      boolean point = last ? max == lowerEdges[i] : end == Math.nextUp(lowerEdges[i]);
      widths[i + 1] = point ? Double.NaN : end - lowerEdges[i];
      narrowest = point ? narrowest : Math.min(narrowest, widths[i + 1]);
    }
    double pointWidth = narrowest == Double.POSITIVE_INFINITY ? 1 : narrowest;
    for (int i = 1; i <= intervals; i++) {
      widths[i] = Double.isNaN(widths[i]) ? pointWidth : widths[i];
    }
    double range = max - lowerEdges[0];
    widths[0] = range == 0 ? 1 : range;
    widths[intervals + 1] = widths[0];
    return widths;
  }

  private static double largest(double[] values) {
    double largest = 0;
    for (double value : values) {
      largest = Math.max(largest, value);
    }
    return largest;
  }
}
