package io.modeldrift.evaluate;

import java.time.Duration;
import java.util.Optional;

/**
 * When it is recommended to train a model again.
 *
 * @param after how long drift or a loss of performance must have held without a break
 * @param baselineAge age of the baseline from which it counts as outdated; empty for any age
 */
public record RetrainingSettings(Duration after, Optional<Duration> baselineAge) {

  private static final RetrainingSettings DEFAULT =
      new RetrainingSettings(Duration.ofDays(1), Optional.empty());

  /** Checks the duration. */
  public RetrainingSettings {
    if (after.isNegative()) {
      throw new IllegalArgumentException("retraining after " + after + " is negative");
    }
  }

  /** Returns a day of drift, and no limit of age. */
  public static RetrainingSettings withDefaults() {
    return DEFAULT;
  }
}
