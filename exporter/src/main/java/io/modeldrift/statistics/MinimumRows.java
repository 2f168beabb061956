package io.modeldrift.statistics;

import java.util.OptionalLong;

/** How many rows a window needs before a verdict on a column means anything. */
public final class MinimumRows {

  private MinimumRows() {}

  /**
   * Returns the rows at which the noise floor has fallen to the tolerance of "drifted", or the
   * configured minimum if that is more.
   *
   * @param occupiedBins bins that are non-empty on at least one side
   * @param delta dispersion of the column, at least 1
   * @param baselineRows rows of the baseline
   * @param driftedTolerance tolerated PSI of "drifted", positive
   * @param atLeast the configured minimum
   * @return nothing if the baseline itself is so small that no window is large enough
   */
  public static OptionalLong required(
      int occupiedBins, double delta, long baselineRows, double driftedTolerance, long atLeast) {
    double noise = (occupiedBins - 1) * delta;
    double left = driftedTolerance - noise / baselineRows;
    if (!(left > 0)) {
      return OptionalLong.empty();
    }
    return OptionalLong.of(Math.max(atLeast, (long) Math.ceil(noise / left)));
  }
}
