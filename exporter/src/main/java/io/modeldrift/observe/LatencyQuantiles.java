package io.modeldrift.observe;

import java.util.List;

/**
 * How long a model took to answer within a window, as quantiles.
 *
 * <p>Quantiles of replicas must not be averaged: for a fleet the buckets of {@link LatencyCounts}
 * are added up.
 *
 * @param window name of the window, for example {@code 5m}
 * @param count answers in the window
 * @param seconds one for each of {@link #QUANTILES}, within 1 % of the true one; none without
 *     answers
 */
public record LatencyQuantiles(String window, long count, List<Double> seconds) {

  /** Which quantiles are told, as shares. */
  public static final List<Double> QUANTILES = List.of(0.5, 0.9, 0.95, 0.99, 0.999);

  /** Copies the list. */
  public LatencyQuantiles {
    seconds = List.copyOf(seconds);
    if (seconds.size() != (count == 0 ? 0 : QUANTILES.size())) {
      throw new IllegalArgumentException(seconds.size() + " quantiles of " + count + " answers");
    }
  }

  /** Returns a window without answers. */
  public static LatencyQuantiles none(String window) {
    return new LatencyQuantiles(window, 0, List.of());
  }
}
