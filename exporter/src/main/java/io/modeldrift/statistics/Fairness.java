package io.modeldrift.statistics;

import java.util.Map;
import java.util.Optional;

/**
 * Whether groups are treated alike. All numbers are in [0, 1]; 0, for the ratio 1, is equal
 * treatment. Definitions as in Fairlearn; equalised odds: Hardt et al. (2016).
 *
 * @param selection disparity of selection rates: demographic parity
 * @param truePositive disparity of true positive rates: equal opportunity
 * @param falsePositive disparity of false positive rates
 * @param precision disparity of precision: predictive parity
 */
public record Fairness(
    Optional<Disparity> selection,
    Optional<Disparity> truePositive,
    Optional<Disparity> falsePositive,
    Optional<Disparity> precision) {

  private static final Result TOO_FEW = Result.absent(Result.Reason.NOT_DEFINED);

  /** Returns the disparities between groups; each is empty with fewer than two large enough. */
  public static Fairness of(Map<String, GroupCounts> groups, GroupLimits limits) {
    return new Fairness(
        Disparity.of(groups, GroupRate.SELECTION, limits),
        Disparity.of(groups, GroupRate.TRUE_POSITIVE, limits),
        Disparity.of(groups, GroupRate.FALSE_POSITIVE, limits),
        Disparity.of(groups, GroupRate.PRECISION, limits));
  }

  /** Returns the largest difference of selection rates. */
  public Result demographicParityDifference() {
    return difference(selection);
  }

  /** Returns the smallest selection rate divided by the largest; absent if nobody is selected. */
  public Result demographicParityRatio() {
    return selection.map(Disparity::ratio).orElse(TOO_FEW);
  }

  /** Returns the largest difference of true positive rates. */
  public Result equalOpportunityDifference() {
    return difference(truePositive);
  }

  /** Returns the larger difference of true and false positive rates; absent if either is. */
  public Result equalisedOddsDifference() {
    if (truePositive.isEmpty() || falsePositive.isEmpty()) {
      return TOO_FEW;
    }
    return Result.ofFinite(
        Math.max(truePositive.get().difference(), falsePositive.get().difference()));
  }

  /** Returns the largest difference of precision. */
  public Result predictiveParityDifference() {
    return difference(precision);
  }

  private static Result difference(Optional<Disparity> disparity) {
    return disparity.map(found -> Result.ofFinite(found.difference())).orElse(TOO_FEW);
  }
}
