package io.modeldrift.observe;

import java.util.List;

/**
 * How long a model took to answer, counted in buckets that are the same on every replica.
 *
 * @param counts answers per bucket, one more than there are {@link #BOUNDS}: the last one takes
 *     everything slower
 * @param seconds all durations together
 * @param negative answers that came before their request by the times given; counted as 0
 * @param tooLong answers that took more than ten minutes; counted as ten minutes
 * @param window quantiles of the shortest window
 */
public record LatencyCounts(
    List<Long> counts, double seconds, long negative, long tooLong, LatencyQuantiles window) {

  /** Upper bounds of the buckets in seconds, each included in its bucket. */
  public static final List<Double> BOUNDS =
      List.of(
          0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0, 60.0);

  /** Copies the counts. */
  public LatencyCounts {
    counts = List.copyOf(counts);
    if (counts.size() != BOUNDS.size() + 1) {
      throw new IllegalArgumentException(
          counts.size() + " counts for " + BOUNDS.size() + " bounds");
    }
  }

  /** Returns the number of answers. */
  public long total() {
    return counts.stream().mapToLong(Long::longValue).sum();
  }
}
