package io.modeldrift.evaluate;

import io.modeldrift.statistics.Disparity;
import io.modeldrift.statistics.Fairness;
import io.modeldrift.statistics.GroupCounts;
import io.modeldrift.statistics.GroupLimits;
import io.modeldrift.statistics.GroupRate;
import io.modeldrift.statistics.RateDifference;
import io.modeldrift.statistics.Result;
import io.modeldrift.statistics.WilsonInterval;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Whether the groups of one attribute are treated alike.
 *
 * @param rows predictions by group, however few
 * @param rates of the groups that are large enough
 * @param metrics numbers over all groups by name; absent ones are left out
 * @param differences of each group from the reference group, if one is configured
 * @param violated by rate, whether groups are surely treated more differently than tolerated
 */
public record FairnessReport(
    Map<String, Long> rows,
    List<Rate> rates,
    Map<String, Double> metrics,
    List<Difference> differences,
    Map<GroupRate, Boolean> violated) {

  /** A group's share, with its 95 % interval. */
  public record Rate(String group, GroupRate rate, double value, double lower, double upper) {}

  /** A group's share less that of the reference group, with its 95 % interval. */
  public record Difference(
      String group, GroupRate rate, double value, double lower, double upper) {}

  static FairnessReport of(
      Map<String, GroupCounts> groups, Optional<String> reference, FairnessSettings settings) {
    GroupLimits limits = settings.limits();
    Map<String, Long> rows = new LinkedHashMap<>();
    groups.forEach((name, counts) -> rows.put(name, counts.rows()));
    Fairness fairness = Fairness.of(groups, limits);
    List<Difference> differences =
        reference.map(name -> differences(groups, name, limits)).orElse(List.of());
    return new FairnessReport(
        rows,
        rates(groups, limits),
        metrics(fairness),
        differences,
        violated(fairness, differences, reference.isPresent(), settings.tolerance()));
  }

  private static List<Rate> rates(Map<String, GroupCounts> groups, GroupLimits limits) {
    List<Rate> rates = new ArrayList<>();
    groups.forEach(
        (name, counts) -> {
          for (GroupRate rate : GroupRate.values()) {
            if (limits.admits(counts, rate)) {
              long part = rate.numerator(counts);
              long whole = rate.denominator(counts);
              WilsonInterval interval = WilsonInterval.of(part, whole, WilsonInterval.TWO_SIDED_95);
              rates.add(
                  new Rate(name, rate, (double) part / whole, interval.lower(), interval.upper()));
            }
          }
        });
    return rates;
  }

  private static Map<String, Double> metrics(Fairness fairness) {
    Map<String, Double> metrics = new LinkedHashMap<>();
    put(metrics, "demographic_parity_difference", fairness.demographicParityDifference());
    put(metrics, "demographic_parity_ratio", fairness.demographicParityRatio());
    put(metrics, "equal_opportunity_difference", fairness.equalOpportunityDifference());
    put(metrics, "equalised_odds_difference", fairness.equalisedOddsDifference());
    put(metrics, "predictive_parity_difference", fairness.predictiveParityDifference());
    return metrics;
  }

  private static void put(Map<String, Double> metrics, String name, Result result) {
    result.asOptional().ifPresent(value -> metrics.put(name, value));
  }

  private static List<Difference> differences(
      Map<String, GroupCounts> groups, String reference, GroupLimits limits) {
    List<Difference> differences = new ArrayList<>();
    GroupCounts other = groups.get(reference);
    if (other == null) {
      return differences;
    }
    groups.forEach(
        (name, counts) -> {
          for (GroupRate rate : GroupRate.values()) {
            if (!name.equals(reference)
                && limits.admits(counts, rate)
                && limits.admits(other, rate)) {
              differences.add(difference(name, rate, counts, other));
            }
          }
        });
    return differences;
  }

  private static Difference difference(
      String name, GroupRate rate, GroupCounts counts, GroupCounts other) {
    RateDifference difference =
        RateDifference.of(
            rate.numerator(counts),
            rate.denominator(counts),
            rate.numerator(other),
            rate.denominator(other),
            WilsonInterval.TWO_SIDED_95);
    return new Difference(
        name, rate, difference.difference(), difference.lower(), difference.upper());
  }

  /** An interval decides, not a value: chance alone is no unequal treatment. */
  private static Map<GroupRate, Boolean> violated(
      Fairness fairness, List<Difference> differences, boolean referenced, double tolerance) {
    Map<GroupRate, Boolean> violated = new LinkedHashMap<>();
    for (GroupRate rate : GroupRate.values()) {
      if (referenced) {
        List<Difference> ofRate =
            differences.stream().filter(difference -> difference.rate() == rate).toList();
        if (!ofRate.isEmpty()) {
          violated.put(
              rate,
              ofRate.stream()
                  .anyMatch(
                      d ->
                          new RateDifference(d.value(), d.lower(), d.upper()).isBeyond(tolerance)));
        }
      } else {
        disparity(fairness, rate)
            .ifPresent(
                found -> violated.put(rate, found.difference() > tolerance && found.apart()));
      }
    }
    return violated;
  }

  private static Optional<Disparity> disparity(Fairness fairness, GroupRate rate) {
    return switch (rate) {
      case SELECTION -> fairness.selection();
      case TRUE_POSITIVE -> fairness.truePositive();
      case FALSE_POSITIVE -> fairness.falsePositive();
      case PRECISION -> fairness.precision();
    };
  }
}
