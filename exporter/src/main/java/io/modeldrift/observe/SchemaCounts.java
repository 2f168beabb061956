package io.modeldrift.observe;

import io.modeldrift.inference.InferenceBatch;
import io.modeldrift.inference.SchemaProblem;
import io.modeldrift.snapshot.SnapshotException;
import io.modeldrift.snapshot.StateInput;
import io.modeldrift.snapshot.StateOutput;
import java.util.EnumMap;
import java.util.Map;

/** How often rows of one model had each kind of problem with their shape. Not thread-safe. */
final class SchemaCounts {

  private final long[] counts = new long[SchemaProblem.values().length];

  void add(SchemaProblem problem, long count) {
    counts[problem.ordinal()] += count;
  }

  /** Adds what the decoder noted about a payload. */
  void addAll(InferenceBatch batch) {
    for (SchemaProblem problem : SchemaProblem.values()) {
      counts[problem.ordinal()] += batch.problems(problem);
    }
  }

  void save(StateOutput out) {
    out.numbers(counts);
  }

  /** Reads counts for {@link #add(long[])}. */
  static long[] restore(StateInput in) throws SnapshotException {
    return in.counts(SchemaProblem.values().length);
  }

  void add(long[] saved) {
    for (int i = 0; i < counts.length; i++) {
      counts[i] += saved[i];
    }
  }

  /** Returns all counts, also those that are zero. */
  Map<SchemaProblem, Long> snapshot() {
    Map<SchemaProblem, Long> snapshot = new EnumMap<>(SchemaProblem.class);
    for (SchemaProblem problem : SchemaProblem.values()) {
      snapshot.put(problem, counts[problem.ordinal()]);
    }
    return snapshot;
  }
}
