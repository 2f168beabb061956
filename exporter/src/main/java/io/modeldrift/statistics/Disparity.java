package io.modeldrift.statistics;

import java.util.Map;
import java.util.Optional;

/**
 * How far apart the groups with the lowest and the highest rate are.
 *
 * @param lowest the lowest rate of a group
 * @param highest the highest
 * @param apart whether the 95 % intervals of the two do not overlap
 */
public record Disparity(double lowest, double highest, boolean apart) {

  /**
   * Returns the disparity of a rate over the groups that are large enough; nothing with fewer than
   * two of them. Ties go to the name that comes first.
   */
  public static Optional<Disparity> of(
      Map<String, GroupCounts> groups, GroupRate rate, GroupLimits limits) {
    String lowest = "";
    String highest = "";
    int admitted = 0;
    for (String name : groups.keySet().stream().sorted().toList()) {
      GroupCounts group = counts(groups, name);
      if (!limits.admits(group, rate)) {
        continue;
      }
      double share = share(group, rate);
      if (admitted == 0 || share < share(counts(groups, lowest), rate)) {
        lowest = name;
      }
      if (admitted == 0 || share > share(counts(groups, highest), rate)) {
        highest = name;
      }
      admitted++;
    }
    return admitted < 2 ? Optional.empty() : Optional.of(between(groups, rate, lowest, highest));
  }

  private static Disparity between(
      Map<String, GroupCounts> groups, GroupRate rate, String lowest, String highest) {
    GroupCounts low = counts(groups, lowest);
    GroupCounts high = counts(groups, highest);
    boolean apart = interval(low, rate).upper() < interval(high, rate).lower();
    return new Disparity(share(low, rate), share(high, rate), apart);
  }

  /** Returns highest − lowest, 0 to 1. */
  public double difference() {
    return highest - lowest;
  }

  /** Returns lowest / highest, 0 to 1; absent if both are 0. */
  public Result ratio() {
    return Result.ofFinite(lowest / highest);
  }

  private static GroupCounts counts(Map<String, GroupCounts> groups, String name) {
    GroupCounts counts = groups.get(name);
    if (counts == null) {
      throw new IllegalArgumentException("no group \"" + name + "\"");
    }
    return counts;
  }

  private static double share(GroupCounts group, GroupRate rate) {
    return (double) rate.numerator(group) / rate.denominator(group);
  }

  private static WilsonInterval interval(GroupCounts group, GroupRate rate) {
    return WilsonInterval.of(
        rate.numerator(group), rate.denominator(group), WilsonInterval.TWO_SIDED_95);
  }
}
