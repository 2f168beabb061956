package io.modeldrift.statistics;

import java.util.Optional;

/**
 * Difference of two means with an interval that may be read at any time, as often as one likes.
 *
 * <p>A confidence interval planned for one look is wrong far more often than it says when it is
 * looked at after every row; this one is wide enough for all looks together. Sources: Robbins
 * (1970); Johari et al. (2017, mSPRT); Howard et al. (2021).
 *
 * @param difference mean of the first − mean of the second
 * @param information inverse of the variance of the difference
 * @param halfWidth of the interval around the difference
 * @param pValue of "no difference" at this look; publish the smallest so far
 */
public record SequentialDifference(
    double difference, double information, double halfWidth, double pValue) {

  /** Fewer rows of a version, or fewer right or wrong answers, and the interval would be wrong. */
  private static final long FEWEST_ROWS = 100;

  private static final long FEWEST_ANSWERS = 10;

  /**
   * Returns the difference of two accuracies, each request being answered by one version.
   *
   * @return empty until each version has 100 rows, 10 right and 10 wrong answers
   */
  public static Optional<SequentialDifference> ofAccuracies(
      long rightFirst, long rowsFirst, long rightSecond, long rowsSecond, SequentialPlan plan) {
    if (!isEnough(rightFirst, rowsFirst) || !isEnough(rightSecond, rowsSecond)) {
      return Optional.empty();
    }
    double first = (rightFirst + 0.5) / (rowsFirst + 1);
    double second = (rightSecond + 0.5) / (rowsSecond + 1);
    double variance = first * (1 - first) / rowsFirst + second * (1 - second) / rowsSecond;
    double difference = (double) rightFirst / rowsFirst - (double) rightSecond / rowsSecond;
    return Optional.of(of(difference, 1 / variance, plan));
  }

  /**
   * Returns the difference of two mean losses, each request being answered by one version; losses
   * should be bounded.
   *
   * @return empty until each version has 100 rows, or if all losses of both are the same
   */
  public static Optional<SequentialDifference> ofMeans(
      Estimate first, long rowsFirst, Estimate second, long rowsSecond, SequentialPlan plan) {
    double errorFirst = first.standardError().asOptional().orElse(Double.NaN);
    double errorSecond = second.standardError().asOptional().orElse(Double.NaN);
    double variance = errorFirst * errorFirst + errorSecond * errorSecond;
    if (rowsFirst < FEWEST_ROWS || rowsSecond < FEWEST_ROWS || !(variance > 0)) {
      return Optional.empty();
    }
    double difference =
        first.value().asOptional().orElseThrow() - second.value().asOptional().orElseThrow();
    return Optional.of(of(difference, 1 / variance, plan));
  }

  /** Returns a difference that is known with this information. */
  public static SequentialDifference of(
      double difference, double information, SequentialPlan plan) {
    double prior = plan.priorRows();
    double together = information + prior;
    double alpha = plan.alpha();
    double halfWidth =
        Math.sqrt(together * Math.log(together / (prior * alpha * alpha))) / information;
    double pValue =
        Math.sqrt(together / prior)
            * Math.exp(-difference * difference * information * information / (2 * together));
    return new SequentialDifference(difference, information, halfWidth, Math.min(1, pValue));
  }

  /** Returns this difference with the smallest p-value of all looks so far. */
  public SequentialDifference withSmallest(double earlierPValue) {
    return new SequentialDifference(
        difference, information, halfWidth, Math.min(pValue, earlierPValue));
  }

  /** Returns the lower end of the interval. */
  public double lower() {
    return difference - halfWidth;
  }

  /** Returns the upper end of the interval. */
  public double upper() {
    return difference + halfWidth;
  }

  private static boolean isEnough(long right, long rows) {
    return rows >= FEWEST_ROWS && right >= FEWEST_ANSWERS && rows - right >= FEWEST_ANSWERS;
  }
}
