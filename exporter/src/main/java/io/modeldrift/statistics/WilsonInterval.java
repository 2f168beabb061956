package io.modeldrift.statistics;

/**
 * Confidence interval of a share, clipped to [0, 1]. Unlike the normal interval it holds near 0 and
 * 1. Source: Wilson (1927).
 *
 * @param lower lower bound
 * @param upper upper bound
 */
public record WilsonInterval(double lower, double upper) {

  /** Normal quantile of a two-sided interval at 95 %. */
  public static final double TWO_SIDED_95 = 1.959963984540054;

  /** Normal quantile of a one-sided bound at 99 %. */
  public static final double ONE_SIDED_99 = 2.3263478740408408;

  /**
   * Returns the interval of {@code successes} of {@code trials}.
   *
   * @param z normal quantile of the confidence, positive
   * @throws IllegalArgumentException unless {@code 0 <= successes <= trials} and there is a trial
   */
  public static WilsonInterval of(long successes, long trials, double z) {
    if (successes < 0 || successes > trials || trials == 0) {
      throw new IllegalArgumentException(successes + " of " + trials + " is not a share");
    }
    double share = (double) successes / trials;
    double perTrial = z * z / trials;
    double centre = (share + perTrial / 2) / (1 + perTrial);
    double half =
        z / (1 + perTrial) * Math.sqrt(share * (1 - share) / trials + perTrial / (4.0 * trials));
    // At the ends a bound is exact, which rounding must not spoil.
    double lower = successes == 0 ? 0 : Math.max(0, centre - half);
    double upper = successes == trials ? 1 : Math.min(1, centre + half);
    return new WilsonInterval(lower, upper);
  }
}
