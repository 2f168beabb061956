package io.modeldrift.expose;

import io.modeldrift.baseline.BaselineColumn;
import io.modeldrift.distribution.NumericLayout;

/**
 * How far the value bins of a numeric column lie apart, for the Wasserstein distance of a whole
 * fleet.
 *
 * <p>A bin is represented by the mean of its baseline values; an empty one by its middle, or by its
 * finite edge if it has only one.
 */
final class BinSteps {

  private static final double[] NONE = {};

  private BinSteps() {}

  /**
   * Returns the distance from each value bin but the last to the next, in standard deviations of
   * the baseline; nothing for a categorical column or without a positive, finite deviation.
   */
  static double[] of(BaselineColumn column) {
    double deviation = column.standardDeviation();
    if (!(column.layout() instanceof NumericLayout layout)
        || !(deviation > 0 && deviation < Double.POSITIVE_INFINITY)) {
      return NONE;
    }
    double[] steps = new double[layout.valueBins() - 1];
    for (int bin = 0; bin < steps.length; bin++) {
      double distance = typical(column, layout, bin + 1) - typical(column, layout, bin);
      // Means carry rounding; a distance is never negative.
      steps[bin] = Math.max(0, distance / deviation);
    }
    return steps;
  }

  private static double typical(BaselineColumn column, NumericLayout layout, int bin) {
    long rows = column.counts().count(bin);
    if (rows > 0 && column.counts().hasSums()) {
      return column.counts().sum(bin) / rows;
    }
    double lower = layout.lower(bin);
    double upper = layout.upper(bin);
    if (Double.isInfinite(lower)) {
      return upper;
    }
    return Double.isInfinite(upper) ? lower : lower / 2 + upper / 2;
  }
}
