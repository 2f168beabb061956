package io.modeldrift.truth;

import java.util.Locale;

/** Why a row was put before people. */
public enum ReviewCause {
  /** The model itself was hardly sure. */
  UNCERTAIN,
  /** The row is unlike the rows of the baseline. */
  OUTLIER,
  /** By chance, so that the others can be compared with the usual. */
  RANDOM;

  /** Returns the value of the {@code cause} label. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
