package io.modeldrift.statistics;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The directions in which rows vary most: eigenvectors of a covariance matrix, by cyclic Jacobi
 * rotations. Source: Jacobi (1846); Golub and Van Loan (2013), 8.5.
 */
public final class PrincipalComponents {

  private static final int MOST_SWEEPS = 60;
  private static final double NEGLIGIBLE = 1e-24;

  private final double[][] matrix;
  private final double[][] vectors;

  private PrincipalComponents(double[][] matrix) {
    this.matrix = matrix;
    this.vectors = new double[matrix.length][matrix.length];
    for (int i = 0; i < matrix.length; i++) {
      vectors[i][i] = 1;
    }
  }

  /**
   * Returns the fewest components that together explain a share of the variance, the strongest
   * first; each is orthonormal to the others, its largest coordinate positive. Never as many as
   * there are columns, since those would explain everything.
   *
   * @param covariance symmetric
   * @param share of the variance to explain, in (0, 1]
   */
  public static double[][] explaining(double[][] covariance, double share) {
    int columns = covariance.length;
    double[][] copy = new double[columns][];
    for (int i = 0; i < columns; i++) {
      copy[i] = covariance[i].clone();
    }
    PrincipalComponents solved = new PrincipalComponents(copy);
    solved.rotateAll();
    return solved.strongest(share);
  }

  private void rotateAll() {
    for (int sweep = 0; sweep < MOST_SWEEPS && remainder() > NEGLIGIBLE; sweep++) {
      for (int p = 0; p < matrix.length; p++) {
        for (int q = p + 1; q < matrix.length; q++) {
          rotate(p, q);
        }
      }
    }
  }

  /** Returns how much of the matrix still lies beside its diagonal, as a share. */
  private double remainder() {
    double beside = 0;
    double all = 0;
    for (int i = 0; i < matrix.length; i++) {
      for (int j = 0; j < matrix.length; j++) {
        double square = matrix[i][j] * matrix[i][j];
        all += square;
        beside += i == j ? 0 : square;
      }
    }
    return all == 0 ? 0 : beside / all;
  }

  private void rotate(int p, int q) {
    if (matrix[p][q] == 0) {
      return;
    }
    double theta = (matrix[q][q] - matrix[p][p]) / (2 * matrix[p][q]);
    double sign = theta >= 0 ? 1 : -1;
    double tangent = sign / (Math.abs(theta) + Math.hypot(theta, 1));
    double cosine = 1 / Math.hypot(tangent, 1);
    double sine = tangent * cosine;
    for (double[] row : matrix) {
      turn(row, p, q, cosine, sine);
    }
    for (int k = 0; k < matrix.length; k++) {
      double atP = matrix[p][k];
      double atQ = matrix[q][k];
      matrix[p][k] = cosine * atP - sine * atQ;
      matrix[q][k] = sine * atP + cosine * atQ;
    }
    for (double[] row : vectors) {
      turn(row, p, q, cosine, sine);
    }
  }

  private static void turn(double[] row, int p, int q, double cosine, double sine) {
    double atP = row[p];
    double atQ = row[q];
    row[p] = cosine * atP - sine * atQ;
    row[q] = sine * atP + cosine * atQ;
  }

  private double[][] strongest(double share) {
    List<Integer> order =
        IntStream.range(0, matrix.length)
            .boxed()
            .sorted(Comparator.comparingDouble((Integer i) -> -matrix[i][i]))
            .toList();
    double total = order.stream().mapToDouble(i -> Math.max(0, matrix[i][i])).sum();
    List<double[]> components = new ArrayList<>();
    double explained = 0;
    for (int i : order) {
      if (explained >= share * total || components.size() >= matrix.length - 1) {
        break;
      }
      explained += Math.max(0, matrix[i][i]);
      components.add(component(i));
    }
    return components.toArray(double[][]::new);
  }

  private double[] component(int column) {
    double[] component = new double[vectors.length];
    double largest = 0;
    for (int i = 0; i < component.length; i++) {
      component[i] = vectors[i][column];
      largest = Math.abs(component[i]) > Math.abs(largest) ? component[i] : largest;
    }
    for (int i = 0; largest < 0 && i < component.length; i++) {
      component[i] = -component[i];
    }
    return component;
  }
}
