package io.modeldrift.ingest;

import java.util.Locale;

/** How a payload ended; each payload ends in exactly one of these. */
public enum Outcome {
  /** At least one row was understood and counted. */
  OBSERVED,
  /** Well-formed, but not an inference: health checks, metadata, error responses. */
  IGNORED,
  /** Claims to be an inference and cannot be used. */
  REJECTED,
  /** Never looked at: there was no room or no time. */
  DROPPED;

  /** Returns the value of the {@code outcome} label. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
