package io.modeldrift.evaluate;

import java.util.Map;

/**
 * How the drift of one model is judged.
 *
 * @param measures what its columns are scored with
 * @param rule when a column counts as drifted
 * @param qualityTolerance how much larger than the baseline's a share of bad values may be, in [0,
 *     1)
 * @param driftedShare share of drifted columns from which the model is drifted, in (0, 1]
 * @param contributions how many bins of a drifted column are named, at least 0
 * @param past which earlier traffic windows are compared with, besides the baseline
 * @param columns what differs for single columns, by their name
 */
public record DriftSettings(
    DriftMeasures measures,
    VerdictRule rule,
    double qualityTolerance,
    double driftedShare,
    int contributions,
    PastSettings past,
    Map<String, ColumnDriftSettings> columns) {

  private static final DriftSettings DEFAULT =
      new DriftSettings(
          DriftMeasures.withDefaults(),
          VerdictRule.withDefaults(),
          0.01,
          0.3,
          3,
          PastSettings.none(),
          Map.of());

  /**
   * Copies the map and checks the ranges.
   *
   * @throws IllegalArgumentException if one is left, or a number is NaN
   */
  public DriftSettings {
    columns = Map.copyOf(columns);
    require(
        qualityTolerance >= 0 && qualityTolerance < 1,
        "quality tolerance " + qualityTolerance + " is not in [0, 1)");
    require(
        driftedShare > 0 && driftedShare <= 1,
        "drifted share " + driftedShare + " is not in (0, 1]");
    require(contributions >= 0, "contributions " + contributions + " is negative");
  }

  /** Returns the defaults, which suit most models. */
  public static DriftSettings withDefaults() {
    return DEFAULT;
  }

  /** Returns a copy with other measures and another rule. */
  public DriftSettings withVerdict(DriftMeasures otherMeasures, VerdictRule otherRule) {
    return new DriftSettings(
        otherMeasures, otherRule, qualityTolerance, driftedShare, contributions, past, columns);
  }

  /** Returns the exceptions of a column; none if it has none. */
  ColumnDriftSettings column(String name) {
    return columns.getOrDefault(name, ColumnDriftSettings.none());
  }

  private static void require(boolean holds, String message) {
    if (!holds) {
      throw new IllegalArgumentException(message);
    }
  }
}
