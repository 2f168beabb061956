package io.modeldrift.evaluate;

import io.modeldrift.statistics.GroupLimits;

/**
 * When groups are large enough to be compared, and how different they may be.
 *
 * @param limits fewest rows of a group
 * @param tolerance difference of two rates that is no violation, in [0, 1)
 */
public record FairnessSettings(GroupLimits limits, double tolerance) {

  private static final FairnessSettings DEFAULT = new FairnessSettings(GroupLimits.DEFAULT, 0.1);

  /**
   * Checks the tolerance.
   *
   * @throws IllegalArgumentException if it is not in [0, 1)
   */
  public FairnessSettings {
    if (!(tolerance >= 0 && tolerance < 1)) {
      throw new IllegalArgumentException("tolerance " + tolerance + " is not in [0, 1)");
    }
  }

  /** Returns groups of 100 rows, rates over 30 outcomes, and a tolerance of 0.1. */
  public static FairnessSettings withDefaults() {
    return DEFAULT;
  }
}
