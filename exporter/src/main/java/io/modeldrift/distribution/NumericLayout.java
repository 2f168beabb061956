package io.modeldrift.distribution;

import java.util.Arrays;
import java.util.Locale;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Bins of a numeric column: underflow, {@code m} left-closed intervals, overflow, missing, invalid.
 *
 * <p>Interval {@code i} is {@code [lower(i), lower(i+1))}; the last one is closed on both sides.
 * Underflow and overflow are value bins like the intervals, so value bins are named {@code 00}
 * (underflow) to at most {@code 19} (overflow). A layout without intervals puts every finite value
 * into overflow.
 */
public final class NumericLayout implements BinLayout {

  /** The largest number of value bins; the metrics contract names them {@code 00} to {@code 19}. */
  public static final int MAX_VALUE_BINS = 20;

  private final double[] lower;
  private final double max;
  private final String hash;

  private NumericLayout(double[] lower, double max) {
    this.lower = lower;
    this.max = max;
    this.hash = hash(lower, max);
  }

  /**
   * Returns the layout with these lower edges of intervals and this upper end of the last one.
   *
   * @throws IllegalArgumentException if the edges are not finite and strictly increasing, the
   *     maximum is below the last of them, or there are more than {@value #MAX_VALUE_BINS} value
   *     bins
   */
  public static NumericLayout of(double[] lowerEdges, double max) {
    double[] lower = new double[lowerEdges.length];
    for (int i = 0; i < lower.length; i++) {
      lower[i] = lowerEdges[i] + 0.0;
    }
    check(lower, max);
    return new NumericLayout(lower, lower.length == 0 ? 0 : max + 0.0);
  }

  /**
   * Returns the layout of edges that a person chose: all but the last are lower edges.
   *
   * @throws IllegalArgumentException if there are fewer than two edges, or as for {@link #of}
   */
  public static NumericLayout ofEdges(double... edges) {
    if (edges.length < 2) {
      throw new IllegalArgumentException("at least two edges are needed, found " + edges.length);
    }
    return of(Arrays.copyOf(edges, edges.length - 1), edges[edges.length - 1]);
  }

  /**
   * Returns quantile bins of these values, with the outer bins split at the first and last
   * percentile and a bin of its own for every value that fills more than one bin.
   *
   * @param sorted finite values without −0.0, ascending; none gives a layout without intervals
   * @param bins about how many equally filled bins to make, 2 to 16
   */
  public static NumericLayout ofQuantiles(double[] sorted, int bins) {
    int n = sorted.length;
    if (n == 0) {
      return of(new double[0], 0);
    }
    double max = sorted[n - 1];
    SortedSet<Double> edges = new TreeSet<>();
    for (int i = 0; i < bins; i++) {
      edges.add(sorted[(int) ((long) i * n / bins)]);
    }
    edges.add(sorted[n / 100]);
    edges.add(sorted[(int) (99L * n / 100)]);
    edges.remove(max);
    addSpikes(edges, sorted, bins);
    edges.add(sorted[0]);
    return of(merged(edges, sorted), max);
  }

  /** Gives every value that alone would fill a bin the point bin {@code [x, nextUp(x))}. */
  static void addSpikes(SortedSet<Double> edges, double[] sorted, int bins) {
    int n = sorted.length;
    for (int start = 0, end; start < n; start = end) {
      end = start + 1;
      while (end < n && sorted[end] == sorted[start]) {
        end++;
      }
      if ((long) (end - start) * bins > n) {
        edges.add(sorted[start]);
        if (sorted[start] < sorted[n - 1]) {
          edges.add(Math.nextUp(sorted[start]));
        }
      }
    }
  }

  /** Joins the two neighbours with the fewest values until the contract's names suffice. */
  private static double[] merged(SortedSet<Double> edges, double[] sorted) {
    double[] lower = edges.stream().mapToDouble(Double::doubleValue).toArray();
    while (lower.length + 2 > MAX_VALUE_BINS) {
      int emptiest = 0;
      long fewest = Long.MAX_VALUE;
      for (int i = 0; i + 1 < lower.length; i++) {
        long count = countBelow(sorted, lower, i + 2) - countBelow(sorted, lower, i);
        if (count < fewest) {
          fewest = count;
          emptiest = i;
        }
      }
      lower = without(lower, emptiest + 1);
    }
    return lower;
  }

  private static long countBelow(double[] sorted, double[] lower, int edge) {
    if (edge >= lower.length) {
      return sorted.length;
    }
    int low = 0;
    int high = sorted.length;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (sorted[middle] < lower[edge]) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  private static double[] without(double[] values, int index) {
    double[] rest = new double[values.length - 1];
    System.arraycopy(values, 0, rest, 0, index);
    System.arraycopy(values, index + 1, rest, index, rest.length - index);
    return rest;
  }

  /**
   * Returns the bin of a number: NaN is missing, an infinite one invalid.
   *
   * <p>−0.0 must have been turned into 0.0. One binary search; allocates nothing.
   */
  public int indexOf(double x) {
    if (!(Math.abs(x) <= Double.MAX_VALUE)) { // also NaN
      return Double.isNaN(x) ? missing() : invalid();
    }
    int m = lower.length;
    if (m == 0 || x > max) {
      return m + 1;
    }
    int low = 0;
    int high = m;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (lower[middle] <= x) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low; // 0 is underflow, so interval i is bin i + 1
  }

  @Override
  public int bins() {
    return lower.length + 4;
  }

  @Override
  public int valueBins() {
    return lower.length + 2;
  }

  /** Returns the number of intervals between underflow and overflow. */
  public int intervals() {
    return lower.length;
  }

  /** Returns a copy of the lower edges of the intervals. */
  public double[] lowerEdges() {
    return lower.clone();
  }

  /** Returns the upper end of the last interval; 0 if there is none. */
  public double max() {
    return max;
  }

  /** Returns the smallest number of a value bin; −Infinity for underflow. */
  public double lower(int bin) {
    if (bin == 0) {
      return Double.NEGATIVE_INFINITY;
    }
    return bin <= lower.length ? lower[bin - 1] : max;
  }

  /** Returns where a value bin ends; +Infinity for overflow. */
  public double upper(int bin) {
    if (bin > lower.length) {
      return Double.POSITIVE_INFINITY;
    }
    return bin < lower.length ? lower[bin] : max;
  }

  @Override
  public String name(int bin) {
    if (bin == missing()) {
      return MISSING;
    }
    return bin == invalid() ? INVALID : String.format(Locale.ROOT, "%02d", bin);
  }

  @Override
  public String hash() {
    return hash;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof NumericLayout that && hash.equals(that.hash);
  }

  @Override
  public int hashCode() {
    return hash.hashCode();
  }

  @Override
  public String toString() {
    return "NumericLayout" + Arrays.toString(lower) + ".." + max;
  }

  private static void check(double[] lower, double max) {
    if (lower.length + 2 > MAX_VALUE_BINS) {
      throw new IllegalArgumentException(
          lower.length + " intervals are more than the " + (MAX_VALUE_BINS - 2) + " allowed");
    }
    for (int i = 0; i < lower.length; i++) {
      boolean increasing = i == 0 || lower[i] > lower[i - 1];
      if (!Double.isFinite(lower[i]) || !increasing) {
        throw new IllegalArgumentException(
            "edge " + lower[i] + " at index " + i + " is not finite and above the one before");
      }
    }
    if (lower.length > 0 && !(max >= lower[lower.length - 1] && Double.isFinite(max))) {
      throw new IllegalArgumentException(
          "maximum " + max + " is not finite and at least the last lower edge");
    }
  }

  private static String hash(double[] lower, double max) {
    LayoutHash hash = new LayoutHash("numeric");
    for (double edge : lower) {
      hash.add(edge);
    }
    if (lower.length > 0) {
      hash.add(max);
    }
    return hash.hex();
  }
}
