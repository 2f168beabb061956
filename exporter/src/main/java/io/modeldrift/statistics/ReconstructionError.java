package io.modeldrift.statistics;

import java.util.Arrays;

/**
 * Distance of a row from the subspace of the baseline's principal components; it sees correlations
 * that broke. In baseline standard deviations, at least 0.
 *
 * <p>Immutable and thread-safe, except that {@link #of} uses the scratch array it is given. {@code
 * O(d·r)} a row. Source: Jolliffe (2002).
 */
public final class ReconstructionError {

  private final double[] means;
  private final double[] deviations;
  private final double[][] components;

  /**
   * @param means baseline mean per column
   * @param deviations population standard deviation per column; a column of deviation 0 is ignored
   * @param components orthonormal components, each as long as the means
   * @throws IllegalArgumentException if lengths differ
   */
  public ReconstructionError(double[] means, double[] deviations, double[][] components) {
    requireLength(means.length, deviations.length);
    for (double[] component : components) {
      requireLength(means.length, component.length);
    }
    this.means = means.clone();
    this.deviations = deviations.clone();
    this.components = Arrays.stream(components).map(double[]::clone).toArray(double[][]::new);
  }

  /**
   * Returns the error of a row; the row is overwritten, so that nothing is allocated.
   *
   * @param row one value per column; NaN and infinite ones count as missing, and so as the mean
   */
  public double of(double[] row) {
    requireLength(means.length, row.length);
    standardise(row);
    for (double[] component : components) {
      subtractProjection(row, component);
    }
    double squares = 0;
    for (double value : row) {
      squares += value * value;
    }
    return Math.sqrt(squares);
  }

  private void standardise(double[] row) {
    for (int i = 0; i < row.length; i++) {
      double z = (row[i] - means[i]) / deviations[i];
      row[i] = Double.isFinite(z) ? z : 0;
    }
  }

  /** Components are orthonormal, so taking them off one by one equals taking them off together. */
  private static void subtractProjection(double[] row, double[] component) {
    double along = 0;
    for (int i = 0; i < row.length; i++) {
      along += row[i] * component[i];
    }
    for (int i = 0; i < row.length; i++) {
      row[i] -= along * component[i];
    }
  }

  private static void requireLength(int expected, int actual) {
    if (expected != actual) {
      throw new IllegalArgumentException("expected " + expected + " columns, found " + actual);
    }
  }
}
