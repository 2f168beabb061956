package io.modeldrift.distribution;

import java.util.Arrays;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Bins of a model's score, fine enough for ranking and calibration, cut where the decision falls.
 *
 * <p>Bin {@code i} holds the scores from {@code edge(i−1)} to below {@code edge(i)}; the first and
 * the last are open. The decision threshold is always an edge, so a bin is decided one way only.
 * Immutable and thread-safe.
 */
public final class ScoreLayout {

  /** How many bins are made from a baseline unless configured. */
  public static final int DEFAULT_BINS = 200;

  /** How many bins are made without one. */
  public static final int EQUAL_BINS = 1000;

  private final double[] edges;
  private final double threshold;
  private final double lowest;
  private final double highest;

  private ScoreLayout(double[] edges, double threshold, double lowest, double highest) {
    this.edges = edges;
    this.threshold = threshold;
    this.lowest = lowest;
    this.highest = highest;
  }

  /**
   * Returns a layout with these edges between bins and the threshold, as a baseline stores it.
   *
   * @param lowest smallest score of the baseline
   * @param highest largest score of the baseline
   * @throws IllegalArgumentException if a number is not finite
   */
  public static ScoreLayout of(double[] edges, double threshold, double lowest, double highest) {
    SortedSet<Double> cuts = new TreeSet<>();
    for (double edge : edges) {
      cuts.add(finite(edge));
    }
    cuts.add(finite(threshold));
    return new ScoreLayout(
        cuts.stream().mapToDouble(Double::doubleValue).toArray(),
        threshold + 0.0,
        finite(lowest),
        finite(highest));
  }

  /**
   * Returns bins that hold about equally many baseline scores; a score that alone would fill a bin
   * gets its own.
   *
   * @param sorted finite scores without −0.0, ascending; none gives equal bins
   * @param bins about how many bins, 20 to 2000
   */
  public static ScoreLayout ofQuantiles(double[] sorted, int bins, double threshold) {
    int n = sorted.length;
    if (n == 0) {
      return ofEqualWidth(threshold);
    }
    SortedSet<Double> cuts = new TreeSet<>();
    for (int i = 1; i < bins; i++) {
      cuts.add(sorted[(int) ((long) i * n / bins)]);
    }
    cuts.remove(sorted[n - 1]);
    NumericLayout.addSpikes(cuts, sorted, bins);
    cuts.remove(sorted[0]);
    double[] edges = cuts.stream().mapToDouble(Double::doubleValue).toArray();
    return of(edges, threshold, sorted[0], sorted[n - 1]);
  }

  /** Returns {@value #EQUAL_BINS} equal bins on [0, 1], where nothing is known about the scores. */
  public static ScoreLayout ofEqualWidth(double threshold) {
    double[] edges = new double[EQUAL_BINS - 1];
    Arrays.setAll(edges, i -> (i + 1.0) / EQUAL_BINS);
    return of(edges, threshold, 0, 1);
  }

  /** Returns the number of bins. */
  public int bins() {
    return edges.length + 1;
  }

  /** Returns the bin of a finite score. One binary search; allocates nothing. */
  public int indexOf(double score) {
    int low = 0;
    int high = edges.length;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (edges[middle] <= score) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  /** Returns the score from which the decision is positive. */
  public double threshold() {
    return threshold;
  }

  /** Returns whether a score lies between the smallest and the largest of the baseline. */
  public boolean covers(double score) {
    return score >= lowest && score <= highest;
  }

  /** Returns a copy of the scores at which one bin ends and the next begins, ascending. */
  public double[] edges() {
    return edges.clone();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ScoreLayout that
        && Arrays.equals(edges, that.edges)
        && threshold == that.threshold
        && lowest == that.lowest
        && highest == that.highest;
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(edges);
  }

  @Override
  public String toString() {
    return "ScoreLayout[" + bins() + " bins, threshold " + threshold + "]";
  }

  private static double finite(double value) {
    if (!Double.isFinite(value)) {
      throw new IllegalArgumentException(value + " is not finite");
    }
    return value + 0.0;
  }
}
