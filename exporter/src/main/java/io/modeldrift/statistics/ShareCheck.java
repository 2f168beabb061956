package io.modeldrift.statistics;

/**
 * Whether a kind of bad value is surely more frequent than it was in the baseline.
 *
 * @param share share of the window's rows, 0 to 1
 * @param lowerBound lower Wilson bound of the share, one-sided 99 %
 * @param violated whether the lower bound exceeds the baseline's share plus the tolerance
 */
public record ShareCheck(double share, double lowerBound, boolean violated) {

  /**
   * Returns the check of {@code count} bad rows of {@code rows}.
   *
   * @param baselineShare the baseline's share of such rows; 0 without a baseline
   * @param tolerance how much more is tolerated, for example 0.01
   * @throws IllegalArgumentException unless {@code 0 <= count <= rows} and there is a row
   */
  public static ShareCheck of(long count, long rows, double baselineShare, double tolerance) {
    double bound = WilsonInterval.of(count, rows, WilsonInterval.ONE_SIDED_99).lower();
    return new ShareCheck((double) count / rows, bound, bound > baselineShare + tolerance);
  }
}
