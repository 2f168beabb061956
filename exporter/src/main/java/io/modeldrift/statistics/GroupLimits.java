package io.modeldrift.statistics;

/**
 * Below which sizes a group says nothing about fairness.
 *
 * @param minGroupRows fewest rows of a group, at least 1: predictions, or outcomes for a rate that
 *     needs them, which may come long after the predictions
 * @param minDenominator fewest rows in the denominator of a rate that needs ground truth, at least
 *     1
 */
public record GroupLimits(long minGroupRows, long minDenominator) {

  public static final GroupLimits DEFAULT = new GroupLimits(100, 30);

  public GroupLimits {
    if (minGroupRows < 1 || minDenominator < 1) {
      throw new IllegalArgumentException("a group needs at least one row");
    }
  }

  /** Returns whether a group takes part in the comparison of a rate. */
  public boolean admits(GroupCounts group, GroupRate rate) {
    if (rate == GroupRate.SELECTION) {
      return group.rows() >= minGroupRows;
    }
    return group.outcomes().rows() >= minGroupRows && rate.denominator(group) >= minDenominator;
  }
}
