package io.modeldrift.truth;

import java.util.Locale;

/** How the wait of a row for a reviewer ended. */
public enum ReviewOutcome {
  /** The reviewer agrees with the model. */
  CONFIRMED,
  /** The reviewer says what it should have been. */
  OVERRIDDEN,
  /** The reviewer cannot tell. */
  SKIPPED,
  /** Nobody looked in time. */
  EXPIRED,
  /** It made room for newer rows. */
  EVICTED;

  /** Returns the value of the {@code outcome} label. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
