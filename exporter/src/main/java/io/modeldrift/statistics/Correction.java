package io.modeldrift.statistics;

import java.util.Arrays;

/**
 * How a family of columns shares one probability of a false alarm.
 *
 * <p>Two hundred columns tested at 1 % each raise two false flags an evaluation. Whatever the
 * correction, it comes down to one effective level {@code α*} for the family: a column is flagged
 * if and only if its p-value is at most that, and thresholds are computed with it.
 */
public enum Correction {
  /** Controls the share of false flags among all flags: Benjamini and Hochberg (1995). */
  BENJAMINI_HOCHBERG("benjamini_hochberg"),
  /** Controls the probability of any false flag: {@code α/m}. */
  BONFERRONI("bonferroni"),
  /** Every column for itself. */
  NONE("none");

  private final String label;

  Correction(String label) {
    this.label = label;
  }

  /** Returns the name used in configuration. */
  public String label() {
    return label;
  }

  /**
   * Returns the level {@code α*} for each single column of the family; {@code alpha} if the family
   * is empty. {@code O(m log m)} time.
   *
   * @param pValues one p-value in [0, 1] per column, in any order; not changed
   * @param alpha the level for the family
   */
  public double effectiveLevel(double[] pValues, double alpha) {
    int m = pValues.length;
    if (m == 0) {
      return alpha;
    }
    return switch (this) {
      case BENJAMINI_HOCHBERG -> alpha * Math.max(rejections(pValues, alpha), 1) / m;
      case BONFERRONI -> alpha / m;
      case NONE -> alpha;
    };
  }

  private static int rejections(double[] pValues, double alpha) {
    double[] sorted = pValues.clone();
    Arrays.sort(sorted);
    for (int rank = sorted.length; rank > 0; rank--) {
      if (sorted[rank - 1] <= alpha * rank / sorted.length) {
        return rank;
      }
    }
    return 0;
  }
}
