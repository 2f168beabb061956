package io.modeldrift.statistics;

import io.modeldrift.distribution.BinnedCounts;

/** Arithmetic on the chunks of a baseline. */
final class Chunks {

  private Chunks() {}

  /** Returns the baseline without one of its chunks. */
  static BinnedCounts rest(BinnedCounts baseline, BinnedCounts chunk) {
    long[] counts = new long[baseline.bins()];
    double[] sums = new double[baseline.hasSums() ? baseline.bins() : 0];
    for (int bin = 0; bin < counts.length; bin++) {
      counts[bin] = baseline.count(bin) - chunk.count(bin);
      if (sums.length > 0) {
        sums[bin] = baseline.sum(bin) - chunk.sum(bin);
      }
    }
    return BinnedCounts.of(counts, sums);
  }
}
