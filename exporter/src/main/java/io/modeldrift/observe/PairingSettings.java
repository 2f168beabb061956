package io.modeldrift.observe;

import java.time.Duration;

/**
 * Bounds on what waits for its other half.
 *
 * @param maxEntries inferences that are remembered, waiting or already paired
 * @param maxBytes estimated bytes of the ids of all of them, and of the rows that wait
 * @param timeout how long a half waits, and how long a repeated delivery is recognised
 * @param keepRows whether the rows of a waiting half are kept, so that features and predictions
 *     meet; without, only their number and time are, which is enough for latency
 */
public record PairingSettings(int maxEntries, long maxBytes, Duration timeout, boolean keepRows) {

  private static final PairingSettings DEFAULTS =
      new PairingSettings(20_000, 16L << 20, Duration.ofSeconds(60), false);

  /**
   * Checks the ranges.
   *
   * @throws IllegalArgumentException if a bound is not positive
   */
  public PairingSettings {
    if (maxEntries < 1 || maxBytes < 1 || timeout.isNegative() || timeout.isZero()) {
      throw new IllegalArgumentException(
          maxEntries + " entries, " + maxBytes + " bytes, " + timeout + ": each must be positive");
    }
  }

  /**
   * Returns the defaults: 20,000 inferences, 16 MiB, one minute; rows are not kept, since latency
   * and versions need only times and names, and proxies give an id to every request.
   */
  public static PairingSettings defaults() {
    return DEFAULTS;
  }

  public PairingSettings withKeepRows(boolean newKeepRows) {
    return new PairingSettings(maxEntries, maxBytes, timeout, newKeepRows);
  }
}
