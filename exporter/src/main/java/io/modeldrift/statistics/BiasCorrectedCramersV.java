package io.modeldrift.statistics;

/**
 * Cramér's V as deepchecks computes it: the larger side is scaled down to the rows of the smaller,
 * 2 × 2 tables get a continuity correction, and the result is corrected for bias (Bergsma 2013).
 */
final class BiasCorrectedCramersV {

  private BiasCorrectedCramersV() {}

  /** NaN where the correction leaves nothing to divide by, as with a single occupied bin. */
  static double of(BinnedPair pair) {
    double rows = Math.min(pair.baselineRows(), pair.currentRows());
    double n = 2 * rows;
    double columns = pair.occupiedBins();
    double statistic = statistic(pair, rows, columns == 2 ? 0.5 : 0);
    double phiSquared = Math.max(0, statistic / n - (columns - 1) / (n - 1));
    double correctedColumns = columns - (columns - 1) * (columns - 1) / (n - 1);
    double smaller = Math.min(correctedColumns - 1, 1 - 1 / (n - 1));
    return Math.sqrt(phiSquared / smaller);
  }

  private static double statistic(BinnedPair pair, double rows, double continuity) {
    double sum = 0;
    for (int bin = 0; bin < pair.bins(); bin++) {
      if (pair.isOccupied(bin)) {
        double baseline = rows * pair.baselineShare(bin);
        double current = rows * pair.currentShare(bin);
        double expected = (baseline + current) / 2;
        double gap = Math.max(0, Math.abs(baseline - expected) - continuity);
        sum += 2 * gap * gap / expected;
      }
    }
    return sum;
  }
}
