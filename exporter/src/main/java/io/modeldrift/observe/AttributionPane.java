package io.modeldrift.observe;

import io.modeldrift.inference.Column;
import io.modeldrift.snapshot.SnapshotException;
import io.modeldrift.snapshot.StateInput;
import io.modeldrift.snapshot.StateOutput;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Sums of |attribution| by the position of their input. Not thread-safe. */
final class AttributionPane {

  /** What every attribution may add, and the sum still be finite. */
  private static final double LARGEST = 1e250;

  private long rows;
  private long[] counts = {};
  private double[] sums = {};

  /** Returns whether a cell holds an attribution that can be summed. */
  static boolean isSummable(Column column, int row) {
    return column.kind(row) == Column.NUMBER && Math.abs(column.number(row)) <= LARGEST;
  }

  void addRows(long added) {
    rows += added;
  }

  void add(int input, long count, double sum) {
    if (input >= sums.length) {
      int length = Math.max(input + 1, 2 * sums.length);
      counts = Arrays.copyOf(counts, length);
      sums = Arrays.copyOf(sums, length);
    }
    counts[input] += count;
    sums[input] += sum;
  }

  void add(AttributionPane other) {
    rows += other.rows;
    for (int input = 0; input < other.sums.length; input++) {
      add(input, other.counts[input], other.sums[input]);
    }
  }

  void clear() {
    rows = 0;
    Arrays.fill(counts, 0);
    Arrays.fill(sums, 0);
  }

  void save(StateOutput out) {
    out.number(rows);
    out.numbers(counts);
    out.reals(sums);
  }

  /** Reads what {@link #save} wrote over at most so many inputs, and some in reserve. */
  static AttributionPane restore(StateInput in, int inputs) throws SnapshotException {
    AttributionPane pane = new AttributionPane();
    pane.rows = in.count();
    int length = in.size(2 * inputs + 2);
    pane.counts = new long[length];
    pane.sums = new double[length];
    for (int input = 0; input < length; input++) {
      pane.counts[input] = in.count();
    }
    double[] saved = in.finites(length);
    System.arraycopy(saved, 0, pane.sums, 0, length);
    return pane;
  }

  AttributionSums named(List<String> inputs) {
    Map<String, Long> namedCounts = new HashMap<>();
    Map<String, Double> namedSums = new HashMap<>();
    for (int input = 0; input < Math.min(sums.length, inputs.size()); input++) {
      namedCounts.put(inputs.get(input), counts[input]);
      namedSums.put(inputs.get(input), sums[input]);
    }
    return new AttributionSums(rows, namedCounts, namedSums);
  }
}
