package io.modeldrift.statistics;

/** Measures that use the order of the value bins. NaN where they are not defined. */
final class OrderedMeasures {

  private OrderedMeasures() {}

  /** Largest gap between the cumulated shares of the value bins. */
  static double kolmogorovSmirnov(BinnedPair pair) {
    double baselineValues = pair.baselineValues();
    double currentValues = pair.currentValues();
    if (baselineValues == 0 || currentValues == 0) {
      return Double.NaN;
    }
    long baselineBelow = 0;
    long currentBelow = 0;
    double largest = 0;
    for (int bin = 0; bin < pair.valueBins(); bin++) {
      baselineBelow += pair.baseline(bin);
      currentBelow += pair.current(bin);
      double gap = currentBelow / currentValues - baselineBelow / baselineValues;
      largest = Math.max(largest, Math.abs(gap));
    }
    return largest;
  }

  /**
   * Area between the two distribution functions, each a staircase over the means of its own value
   * bins, in baseline standard deviations. Vallender (1974).
   */
  static double wasserstein(BinnedPair pair) {
    double deviation = pair.baselineDeviation();
    if (!(deviation > 0 && deviation < Double.POSITIVE_INFINITY) || !pair.hasFiniteSums()) {
      return Double.NaN;
    }
    return new Staircases(pair).area() / deviation;
  }

  /**
   * Walks both staircases at once from left to right. Bin means ascend within a side, because the
   * bins do, so merging the two sides needs no sorting and no memory.
   */
  private static final class Staircases {

    private final BinnedPair pair;
    private final double baselineValues;
    private final double currentValues;

    Staircases(BinnedPair pair) {
      this.pair = pair;
      this.baselineValues = pair.baselineValues();
      this.currentValues = pair.currentValues();
    }

    double area() {
      if (baselineValues == 0 || currentValues == 0) {
        return Double.NaN;
      }
      int b = nextBaseline(0);
      int c = nextCurrent(0);
      double gap = 0;
      double area = 0;
      double position = Math.min(baselineMean(b), currentMean(c));
      while (b < pair.valueBins() || c < pair.valueBins()) {
        boolean baselineFirst = baselineMean(b) <= currentMean(c);
        double next = baselineFirst ? baselineMean(b) : currentMean(c);
        area += Math.abs(gap) * (next - position);
        position = next;
        if (baselineFirst) {
          gap += pair.baseline(b) / baselineValues;
          b = nextBaseline(b + 1);
        } else {
          gap -= pair.current(c) / currentValues;
          c = nextCurrent(c + 1);
        }
      }
      return area;
    }

    private double baselineMean(int bin) {
      return bin < pair.valueBins() ? pair.baselineMean(bin) : Double.POSITIVE_INFINITY;
    }

    private double currentMean(int bin) {
      return bin < pair.valueBins() ? pair.currentMean(bin) : Double.POSITIVE_INFINITY;
    }

    private int nextBaseline(int from) {
      int bin = from;
      while (bin < pair.valueBins() && pair.baseline(bin) == 0) {
        bin++;
      }
      return bin;
    }

    private int nextCurrent(int from) {
      int bin = from;
      while (bin < pair.valueBins() && pair.current(bin) == 0) {
        bin++;
      }
      return bin;
    }
  }
}
