package io.modeldrift.evaluate;

import java.util.Locale;

/** Why a model should be trained again. */
public enum RetrainingReason {
  /** It has been drifted without a break for as long as configured. */
  DRIFT,
  /** Its performance has been surely worse than the baseline's for as long as configured. */
  PERFORMANCE,
  /** What it is compared with is older than configured. */
  AGE;

  /** Returns the value of the {@code reason} label. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
