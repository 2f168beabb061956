package io.modeldrift.statistics;

/** Buckets of one size, oldest first, each with its sum and sum of squared deviations. */
final class AdwinRow {

  private final double[] sums;
  private final double[] deviations;
  private int size;

  AdwinRow(int capacity) {
    sums = new double[capacity];
    deviations = new double[capacity];
  }

  int size() {
    return size;
  }

  double sum(int bucket) {
    return sums[bucket];
  }

  double squaredDeviations(int bucket) {
    return deviations[bucket];
  }

  void append(double sum, double squaredDeviations) {
    sums[size] = sum;
    deviations[size] = squaredDeviations;
    size++;
  }

  /**
   * Moves the two oldest buckets, as one, to the next row.
   *
   * @param values in each bucket
   */
  void mergeOldestInto(AdwinRow next, double values) {
    double gap = sums[0] / values - sums[1] / values;
    next.append(sums[0] + sums[1], deviations[0] + deviations[1] + values * gap * gap / 2);
    removeOldest(2);
  }

  void removeOldest(int count) {
    size -= count;
    System.arraycopy(sums, count, sums, 0, size);
    System.arraycopy(deviations, count, deviations, 0, size);
  }

  /** Writes size and buckets, and returns where the next row begins. */
  int write(double[] state, int from) {
    int next = from;
    state[next++] = size;
    for (int bucket = 0; bucket < size; bucket++) {
      state[next++] = sums[bucket];
      state[next++] = deviations[bucket];
    }
    return next;
  }

  /** Reads what {@link #write} wrote. */
  int read(double[] state, int from) {
    long buckets = from < state.length ? DetectorState.count(state[from]) : -1;
    // One place stays free for the next bucket.
    if (buckets < 0 || buckets >= sums.length || from + 1 + 2 * buckets > state.length) {
      throw new IllegalArgumentException("state ends within a row of buckets");
    }
    for (int bucket = 0; bucket < buckets; bucket++) {
      append(state[from + 1 + 2 * bucket], state[from + 2 + 2 * bucket]);
    }
    return from + 1 + 2 * size;
  }
}
