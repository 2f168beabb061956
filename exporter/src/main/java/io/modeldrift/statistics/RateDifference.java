package io.modeldrift.statistics;

/**
 * Difference of two shares with its confidence interval. Source: Newcombe (1998), from Wilson's
 * intervals.
 *
 * @param difference first share − second share, −1 to 1
 * @param lower lower bound
 * @param upper upper bound
 */
public record RateDifference(double difference, double lower, double upper) {

  /**
   * Returns the difference of {@code first} of {@code firstRows} and {@code second} of {@code
   * secondRows}.
   *
   * @param z normal quantile of the confidence, positive
   * @throws IllegalArgumentException unless each is a share of at least one row
   */
  public static RateDifference of(
      long first, long firstRows, long second, long secondRows, double z) {
    WilsonInterval one = WilsonInterval.of(first, firstRows, z);
    WilsonInterval other = WilsonInterval.of(second, secondRows, z);
    double firstShare = (double) first / firstRows;
    double secondShare = (double) second / secondRows;
    double difference = firstShare - secondShare;
    return new RateDifference(
        difference,
        difference - Math.hypot(firstShare - one.lower(), other.upper() - secondShare),
        difference + Math.hypot(one.upper() - firstShare, secondShare - other.lower()));
  }

  /** Returns whether the whole interval lies more than {@code tolerance} away from 0. */
  public boolean isBeyond(double tolerance) {
    return lower > tolerance || upper < -tolerance;
  }
}
