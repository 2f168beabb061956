package io.modeldrift.observe;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Sums of |attribution| by the position of their input. Not thread-safe. */
final class AttributionPane {

  private long rows;
  private long[] counts = {};
  private double[] sums = {};

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
