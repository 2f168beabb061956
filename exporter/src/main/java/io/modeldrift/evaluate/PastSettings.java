package io.modeldrift.evaluate;

import java.time.Duration;
import java.util.Optional;

/**
 * Which earlier traffic a window is compared with, besides the baseline.
 *
 * @param previous whether with the window before it: sees sudden changes, and forgets them one
 *     window later
 * @param season with the same window this long ago, for example 7 days: an hour with the same hour
 *     of last week. Windows that do not divide it, or more than 400 times, are not compared
 */
public record PastSettings(boolean previous, Optional<Duration> season) {

  private static final PastSettings NONE = new PastSettings(false, Optional.empty());

  /** Checks that the season is positive. */
  public PastSettings {
    if (season.isPresent() && (season.get().isNegative() || season.get().isZero())) {
      throw new IllegalArgumentException("season " + season.get() + " is not positive");
    }
  }

  /** Returns the baseline only. */
  public static PastSettings none() {
    return NONE;
  }
}
