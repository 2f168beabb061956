package io.modeldrift.observe;

import java.time.Duration;
import java.util.Arrays;

/** Counts durations from request to response. Not thread-safe: the model's lock guards it. */
final class LatencyHistogram {

  private final long[] counts = new long[LatencyCounts.BOUNDS.size() + 1];
  private double seconds;

  void record(Duration latency) {
    double took = latency.toNanos() / 1e9;
    int bucket = 0;
    while (bucket < LatencyCounts.BOUNDS.size() && took > LatencyCounts.BOUNDS.get(bucket)) {
      bucket++;
    }
    counts[bucket]++;
    seconds += took;
  }

  LatencyCounts snapshot() {
    return new LatencyCounts(Arrays.stream(counts).boxed().toList(), seconds);
  }
}
