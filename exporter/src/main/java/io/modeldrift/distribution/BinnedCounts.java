package io.modeldrift.distribution;

import java.util.Arrays;

/**
 * How many observations fell into each bin of a layout, and for numeric columns their sums.
 *
 * <p>Immutable and thread-safe.
 */
public final class BinnedCounts {

  private static final double[] NO_SUMS = {};

  private final long[] counts;
  private final double[] sums;
  private final long total;

  private BinnedCounts(long[] counts, double[] sums) {
    long rows = 0;
    for (long count : counts) {
      if (count < 0) {
        throw new IllegalArgumentException("count " + count + " is negative");
      }
      rows += count;
    }
    this.counts = counts;
    this.sums = sums;
    this.total = rows;
  }

  /** Returns counts without sums, as categorical columns have them. */
  public static BinnedCounts of(long... counts) {
    return new BinnedCounts(counts.clone(), NO_SUMS);
  }

  /**
   * Returns counts with the sum of the values in each bin.
   *
   * @param sums one a bin, or none at all
   */
  public static BinnedCounts of(long[] counts, double[] sums) {
    if (sums.length != 0 && sums.length != counts.length) {
      throw new IllegalArgumentException(sums.length + " sums for " + counts.length + " bins");
    }
    return new BinnedCounts(counts.clone(), sums.clone());
  }

  /** Returns nothing counted over this many bins. */
  public static BinnedCounts zero(int bins) {
    return new BinnedCounts(new long[bins], NO_SUMS);
  }

  public int bins() {
    return counts.length;
  }

  public long count(int bin) {
    return counts[bin];
  }

  /** Returns the sum of the values in a bin; 0 where no sums are kept. */
  public double sum(int bin) {
    return sums.length == 0 ? 0 : sums[bin];
  }

  public boolean hasSums() {
    return sums.length != 0;
  }

  /** Returns the number of observations in all bins. */
  public long total() {
    return total;
  }

  /** Returns the part of all observations that lies in a bin, 0 to 1; NaN if there are none. */
  public double share(int bin) {
    return (double) counts[bin] / total;
  }

  /** Returns a copy of all counts, in the order of the bins. */
  public long[] toArray() {
    return counts.clone();
  }

  /** Returns a copy of all sums, in the order of the bins; empty where none are kept. */
  public double[] sums() {
    return sums.clone();
  }

  /**
   * Returns the bin-wise sum with counts over the same layout.
   *
   * @throws IllegalArgumentException if the other has a different number of bins
   */
  public BinnedCounts plus(BinnedCounts other) {
    if (other.bins() != bins()) {
      throw new IllegalArgumentException(other.bins() + " bins added to " + bins());
    }
    long[] bothCounts = counts.clone();
    double[] bothSums = hasSums() || other.hasSums() ? new double[bins()] : NO_SUMS;
    for (int bin = 0; bin < bothCounts.length; bin++) {
      bothCounts[bin] += other.count(bin);
      if (bothSums.length != 0) {
        bothSums[bin] = sum(bin) + other.sum(bin);
      }
    }
    return new BinnedCounts(bothCounts, bothSums);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof BinnedCounts that
        && Arrays.equals(counts, that.counts)
        && Arrays.equals(sums, that.sums);
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.hashCode(counts) + Arrays.hashCode(sums);
  }

  @Override
  public String toString() {
    return Arrays.toString(counts);
  }
}
