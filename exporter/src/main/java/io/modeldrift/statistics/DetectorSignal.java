package io.modeldrift.statistics;

/** What a detector says after a value. */
public enum DetectorSignal {
  /** Nothing has changed as far as it can tell. */
  NONE,
  /** A change may be under way. */
  WARNING,
  /** The stream has changed; the detector starts afresh with the next value. */
  DETECTED
}
