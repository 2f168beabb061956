package io.modeldrift.ingest;

import java.util.Locale;

/** Why a payload was dropped without being looked at. */
public enum DropReason {
  /** The queue had no room. */
  OVERLOAD,
  /** The announced body did not arrive in time, or the connection broke. */
  READ_FAILED,
  /** Its model version, or a column of it, is one more than may be observed. */
  MODEL_LIMIT,
  /** The exporter was stopped before its turn came. */
  SHUTDOWN;

  /** Returns the value of the {@code reason} label. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
