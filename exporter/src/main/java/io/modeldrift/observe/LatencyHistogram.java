package io.modeldrift.observe;

import io.modeldrift.snapshot.SnapshotException;
import io.modeldrift.snapshot.StateInput;
import io.modeldrift.snapshot.StateOutput;
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

  void save(StateOutput out) {
    out.numbers(counts);
    out.real(seconds);
  }

  /** Reads a histogram for {@link #add}. */
  static LatencyHistogram restore(StateInput in) throws SnapshotException {
    LatencyHistogram saved = new LatencyHistogram();
    System.arraycopy(in.counts(saved.counts.length), 0, saved.counts, 0, saved.counts.length);
    saved.seconds = in.real();
    return saved;
  }

  void add(LatencyHistogram saved) {
    for (int i = 0; i < counts.length; i++) {
      counts[i] += saved.counts[i];
    }
    seconds += saved.seconds;
  }

  LatencyCounts snapshot() {
    return new LatencyCounts(Arrays.stream(counts).boxed().toList(), seconds);
  }
}
