package io.modeldrift.observe;

import java.util.Map;

/**
 * How much predictions owed to each input: sums of |attribution|, which add up over replicas.
 *
 * @param rows predictions with at least one attribution
 * @param counts attributions by the name of their input
 * @param sums Σ |attribution| by the name of their input
 */
public record AttributionSums(long rows, Map<String, Long> counts, Map<String, Double> sums) {

  /** Copies the maps. */
  public AttributionSums {
    counts = Map.copyOf(counts);
    sums = Map.copyOf(sums);
  }

  /** Returns the mean |attribution| of an input; 0 if it has none. */
  public double mean(String input) {
    long count = counts.getOrDefault(input, 0L);
    return count == 0 ? 0 : sums.getOrDefault(input, 0.0) / count;
  }
}
