package io.modeldrift.statistics;

/**
 * Below which sizes a group says nothing about fairness.
 *
 * @param minGroupRows fewest rows of a group, at least 1
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
    long fewest = rate == GroupRate.SELECTION ? 1 : minDenominator;
    return group.rows() >= minGroupRows && rate.denominator(group) >= fewest;
  }
}
