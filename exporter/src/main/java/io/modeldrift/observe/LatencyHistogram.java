package io.modeldrift.observe;

import io.modeldrift.snapshot.SnapshotException;
import io.modeldrift.snapshot.StateInput;
import io.modeldrift.snapshot.StateOutput;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Counts durations from request to response: in buckets since the start, and precisely within the
 * shortest window. Not thread-safe: the model's lock guards it.
 */
final class LatencyHistogram {

  private static final Duration LONGEST =
      Duration.of(LatencyPanes.HIGHEST_MICROS, TimeUnit.MICROSECONDS.toChronoUnit());

  private final long[] counts = new long[LatencyCounts.BOUNDS.size() + 1];
  private final LatencyPanes panes;
  private double seconds;
  private long negative;
  private long tooLong;

  LatencyHistogram(Window window, Instant now) {
    this.panes = new LatencyPanes(window, now);
  }

  /** A response before its request is 0: the clocks of the two who tell the times disagree. */
  void record(Duration latency, Instant now) {
    Duration took = latency;
    if (latency.isNegative()) {
      negative++;
      took = Duration.ZERO;
    } else if (latency.compareTo(LONGEST) > 0) {
      tooLong++;
      took = LONGEST;
    }
    count(took.toNanos() / 1e9);
    panes.record(took.toNanos() / 1000, now);
  }

  private void count(double took) {
    int bucket = 0;
    while (bucket < LatencyCounts.BOUNDS.size() && took > LatencyCounts.BOUNDS.get(bucket)) {
      bucket++;
    }
    counts[bucket]++;
    seconds += took;
  }

  /** What a restart keeps: all but the window, whose span is likely shorter than the restart. */
  record Saved(List<Long> counts, double seconds) {}

  void save(StateOutput out) {
    out.numbers(counts);
    out.real(seconds);
  }

  /** Reads what {@link #add} takes. */
  static Saved restore(StateInput in) throws SnapshotException {
    long[] saved = in.counts(LatencyCounts.BOUNDS.size() + 1);
    return new Saved(Arrays.stream(saved).boxed().toList(), in.real());
  }

  void add(Saved saved) {
    for (int i = 0; i < counts.length; i++) {
      counts[i] += saved.counts().get(i);
    }
    seconds += saved.seconds();
  }

  LatencyCounts snapshot(Instant now) {
    return new LatencyCounts(
        Arrays.stream(counts).boxed().toList(), seconds, negative, tooLong, panes.snapshot(now));
  }
}
