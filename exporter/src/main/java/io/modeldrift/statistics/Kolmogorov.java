package io.modeldrift.statistics;

/**
 * The Kolmogorov distribution: the law of the largest absolute value of a Brownian bridge, and so
 * the limit of the two-sample Kolmogorov–Smirnov statistic divided by {@code sqrt(1/n + 1/m)}.
 *
 * <p>Pure functions. Sources: Kolmogorov (1933), Smirnov (1948).
 */
public final class Kolmogorov {

  private static final double NEGLIGIBLE = 1e-18;

  /** Beyond this value the upper tail underflows to 0. */
  private static final double LARGEST = 20;

  private Kolmogorov() {}

  /** Returns the probability of a value above {@code t}; 1 for {@code t <= 0}. */
  public static double upperTail(double t) {
    if (t <= 0) {
      return 1;
    }
    return t < 1 ? 1 - lowerTailOfSmall(t) : upperTailOfLarge(t);
  }

  /**
   * Returns the value that is exceeded with probability {@code upperTail}.
   *
   * @throws IllegalArgumentException if {@code upperTail} is not in (0, 1)
   */
  public static double upperQuantile(double upperTail) {
    Arguments.requireProbability(upperTail, "upper tail");
    double low = 0;
    double high = LARGEST;
    while (true) {
      double middle = low + (high - low) / 2;
      if (middle <= low || middle >= high) {
        return middle;
      }
      if (upperTail(middle) > upperTail) {
        low = middle;
      } else {
        high = middle;
      }
    }
  }

  /** The theta-function form, which converges fast where the alternating series does not. */
  private static double lowerTailOfSmall(double t) {
    double exponent = -Math.PI * Math.PI / (8 * t * t);
    double sum = 0;
    for (int odd = 1; ; odd += 2) {
      double term = Math.exp((double) odd * odd * exponent);
      sum += term;
      if (term < NEGLIGIBLE) {
        return Math.sqrt(2 * Math.PI) / t * sum;
      }
    }
  }

  private static double upperTailOfLarge(double t) {
    double sum = 0;
    for (int j = 1; ; j++) {
      double term = Math.exp(-2.0 * j * j * t * t);
      sum += j % 2 == 1 ? term : -term;
      if (term < NEGLIGIBLE) {
        return 2 * sum;
      }
    }
  }
}
