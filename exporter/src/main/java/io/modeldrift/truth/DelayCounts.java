package io.modeldrift.truth;

import io.modeldrift.snapshot.SnapshotException;
import io.modeldrift.snapshot.StateInput;
import io.modeldrift.snapshot.StateOutput;
import java.util.ArrayList;
import java.util.List;

/**
 * How long outcomes took to arrive after their predictions, in buckets.
 *
 * @param counts joins per bucket, one more than there are {@link #BOUNDS}: the last one takes
 *     everything later
 * @param seconds all delays together
 */
public record DelayCounts(List<Long> counts, double seconds) {

  /** Upper bounds of the buckets in seconds, each included in its bucket: a second to 30 days. */
  public static final List<Double> BOUNDS =
      List.of(
          1.0,
          10.0,
          60.0,
          600.0,
          3600.0,
          21_600.0,
          86_400.0,
          259_200.0,
          604_800.0,
          1_209_600.0,
          2_592_000.0);

  /** Copies the counts. */
  public DelayCounts {
    counts = List.copyOf(counts);
  }

  /** Counts; not thread-safe. */
  static final class Counter {

    private final long[] counts = new long[BOUNDS.size() + 1];
    private double seconds;

    void record(long millis) {
      double took = millis / 1e3;
      int bucket = 0;
      while (bucket < BOUNDS.size() && took > BOUNDS.get(bucket)) {
        bucket++;
      }
      counts[bucket]++;
      seconds += took;
    }

    void save(StateOutput out) {
      out.numbers(counts);
      out.real(seconds);
    }

    void restore(StateInput in, boolean continuous) throws SnapshotException {
      long[] saved = in.counts(counts.length);
      double savedSeconds = in.finite();
      if (continuous) {
        System.arraycopy(saved, 0, counts, 0, counts.length);
        seconds = savedSeconds;
      }
    }

    DelayCounts snapshot() {
      List<Long> copy = new ArrayList<>(counts.length);
      for (long count : counts) {
        copy.add(count);
      }
      return new DelayCounts(copy, seconds);
    }
  }
}
