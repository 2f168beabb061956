package io.modeldrift.truth;

import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Where predictions wait for their ground truth, how many, and how long.
 *
 * @param directory of the store's file; null to keep them in memory, where a restart loses them
 * @param maxEntries predictions that wait at most; a tenth as many outcomes may wait for their
 *     prediction
 * @param maxBytes what waiting predictions may take; the file may grow to it, in memory it is an
 *     estimate
 * @param horizon how long a prediction waits, and how long it is remembered afterwards
 * @param hold how long an outcome waits that came before its prediction
 */
public record StoreSettings(
    @Nullable Path directory, int maxEntries, long maxBytes, Duration horizon, Duration hold) {

  /** Largest number of predictions that may wait. */
  public static final int MOST_ENTRIES = 100_000_000;

  private static final StoreSettings DEFAULTS =
      new StoreSettings(null, 100_000, 64L << 20, Duration.ofDays(7), Duration.ofHours(1));

  /**
   * Checks the ranges.
   *
   * @throws IllegalArgumentException if a bound is not positive, or there are too many entries
   */
  public StoreSettings {
    if (maxEntries < 1 || maxEntries > MOST_ENTRIES || maxBytes < 1) {
      throw new IllegalArgumentException(
          maxEntries
              + " entries, "
              + maxBytes
              + " bytes: each must be positive, entries at most "
              + MOST_ENTRIES);
    }
    if (isNotPositive(horizon) || isNotPositive(hold)) {
      throw new IllegalArgumentException(
          "horizon " + horizon + " and hold " + hold + " must be positive");
    }
  }

  private static boolean isNotPositive(Duration duration) {
    return duration.isNegative() || duration.isZero();
  }

  /** Returns 100,000 predictions and 64 MiB in memory, for a week; outcomes wait an hour. */
  public static StoreSettings defaults() {
    return DEFAULTS;
  }

  public StoreSettings withDirectory(@Nullable Path newDirectory) {
    return new StoreSettings(newDirectory, maxEntries, maxBytes, horizon, hold);
  }

  public StoreSettings withMaxEntries(int newMaxEntries) {
    return new StoreSettings(directory, newMaxEntries, maxBytes, horizon, hold);
  }

  public StoreSettings withMaxBytes(long newMaxBytes) {
    return new StoreSettings(directory, maxEntries, newMaxBytes, horizon, hold);
  }

  int maxTruths() {
    return Math.max(1, maxEntries / 10);
  }

  int maxRemembered() {
    return Math.max(1, maxEntries / 2);
  }
}
