package io.modeldrift.statistics;

import io.modeldrift.distribution.BinnedCounts;
import java.util.Optional;
import org.apache.commons.numbers.gamma.RegularizedGamma;

/**
 * Chi-square test of homogeneity on the 2 × K table of baseline and current counts.
 *
 * <p>Both rows are random. Columns whose smaller expected count is below 5 are pooled (Cochran
 * 1954), and the pool takes in further columns until it reaches 5 itself. Source: Pearson (1900).
 * No continuity correction.
 *
 * @param statistic Pearson's X², at least 0
 * @param degrees columns after pooling minus 1; 0 if only one bin is occupied
 * @param pValue probability of a larger statistic if nothing differs. With many rows it is always
 *     small: it asks whether there is any difference at all
 */
public record ChiSquareTest(double statistic, int degrees, double pValue) {

  private static final double SMALLEST_EXPECTED = 5;

  /**
   * Returns the test of two non-empty sides, or nothing if pooling leaves a single column. Takes
   * {@code O(B²)} time in the worst case, where nearly all bins are pooled.
   */
  public static Optional<ChiSquareTest> of(BinnedPair pair) {
    if (pair.occupiedBins() <= 1) {
      return Optional.of(new ChiSquareTest(0, 0, 1));
    }
    Table table = new Table(pair);
    table.pool();
    int degrees = table.columns() - 1;
    if (degrees == 0) {
      return Optional.empty();
    }
    double statistic = table.statistic();
    double pValue = RegularizedGamma.Q.value(degrees / 2.0, statistic / 2);
    return Optional.of(new ChiSquareTest(statistic, degrees, pValue));
  }

  /** Returns X² without pooling, as other tools compute it; the sides are non-empty. */
  static double unpooledStatistic(BinnedPair pair) {
    double sum = 0;
    double rows = (double) pair.baselineRows() + pair.currentRows();
    for (int bin = 0; bin < pair.bins(); bin++) {
      if (pair.isOccupied(bin)) {
        double column = (double) pair.baseline(bin) + pair.current(bin);
        sum += cell((double) pair.baseline(bin), pair.baselineRows() * column / rows);
        sum += cell((double) pair.current(bin), pair.currentRows() * column / rows);
      }
    }
    return sum;
  }

  private static double cell(double observed, double expected) {
    double gap = observed - expected;
    return gap * gap / expected;
  }

  private static final class Table {

    private final BinnedPair pair;
    private final boolean[] pooled;
    private final double smallerSideShare;
    private double poolTotal;
    private int kept;

    Table(BinnedPair pair) {
      this.pair = pair;
      this.pooled = new boolean[pair.bins()];
      double rows = (double) pair.baselineRows() + pair.currentRows();
      this.smallerSideShare = Math.min(pair.baselineRows(), pair.currentRows()) / rows;
      this.kept = pair.occupiedBins();
    }

    void pool() {
      for (int bin = 0; bin < pooled.length; bin++) {
        if (pair.isOccupied(bin) && total(bin) * smallerSideShare < SMALLEST_EXPECTED) {
          moveIntoPool(bin);
        }
      }
      while (poolTotal > 0 && poolTotal * smallerSideShare < SMALLEST_EXPECTED && kept > 0) {
        moveIntoPool(smallestKept());
      }
    }

    int columns() {
      return kept + (poolTotal > 0 ? 1 : 0);
    }

    double statistic() {
      long[] baseline = new long[pooled.length + 1];
      long[] current = new long[pooled.length + 1];
      for (int bin = 0; bin < pooled.length; bin++) {
        int column = pooled[bin] ? pooled.length : bin;
        baseline[column] += pair.baseline(bin);
        current[column] += pair.current(bin);
      }
      return unpooledStatistic(
          BinnedPair.unordered(BinnedCounts.of(baseline), BinnedCounts.of(current)));
    }

    private void moveIntoPool(int bin) {
      pooled[bin] = true;
      poolTotal += total(bin);
      kept--;
    }

    private int smallestKept() {
      int smallest = -1;
      for (int bin = 0; bin < pooled.length; bin++) {
        boolean candidate = pair.isOccupied(bin) && !pooled[bin];
        if (candidate && (smallest < 0 || total(bin) < total(smallest))) {
          smallest = bin;
        }
      }
      return smallest;
    }

    private double total(int bin) {
      return (double) pair.baseline(bin) + pair.current(bin);
    }
  }
}
