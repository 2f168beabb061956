package io.modeldrift.statistics;

import java.util.Arrays;

/** Which neighbouring score bins are looked at together for calibration. Immutable. */
public final class ScoreGroups {

  /** How many groups calibration is judged over. */
  public static final int DEFAULT_GROUPS = 10;

  private final int[] groupOfBin;
  private final int groups;

  private ScoreGroups(int[] groupOfBin, int groups) {
    this.groupOfBin = groupOfBin;
    this.groups = groups;
  }

  /** Returns a group for every bin. */
  public static ScoreGroups ofSingleBins(int bins) {
    int[] own = new int[bins];
    Arrays.setAll(own, bin -> bin);
    return new ScoreGroups(own, bins);
  }

  /**
   * Returns groups of neighbouring bins with about equal counts: a bin belongs to the group in
   * which the middle of its rows falls.
   *
   * @param counts baseline rows per bin, from low to high score; without any, groups hold equally
   *     many bins, which is equal width if the bins are
   */
  public static ScoreGroups ofEqualCounts(long[] counts, int groups) {
    long total = Arrays.stream(counts).sum();
    int[] groupOfBin = new int[counts.length];
    double below = 0;
    for (int bin = 0; bin < counts.length; bin++) {
      double middle =
          total == 0 ? (bin + 0.5) / counts.length : (below + counts[bin] / 2.0) / total;
      groupOfBin[bin] = Math.min(groups - 1, (int) (middle * groups));
      below += counts[bin];
    }
    return new ScoreGroups(groupOfBin, groups);
  }

  /** Returns counts per group. */
  ScoreGroupCounts joined(ScoreCounts counts) {
    if (counts.bins() != groupOfBin.length) {
      throw new IllegalArgumentException(
          counts.bins() + " bins, groups are made for " + groupOfBin.length);
    }
    long[] rows = new long[groups];
    double[] scores = new double[groups];
    long[] positives = new long[groups];
    for (int bin = 0; bin < groupOfBin.length; bin++) {
      rows[groupOfBin[bin]] += counts.rows(bin);
      scores[groupOfBin[bin]] += counts.scores(bin);
      positives[groupOfBin[bin]] += counts.positives(bin);
    }
    return new ScoreGroupCounts(rows, scores, positives);
  }
}
