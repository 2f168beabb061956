package io.modeldrift.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

class PrincipalComponentsTest {

  @Test
  void twoCorrelatedColumns_varyAlongTheirDiagonal() {
    double[][] components =
        PrincipalComponents.explaining(new double[][] {{1, 0.8}, {0.8, 1}}, 0.65);

    assertThat(components).hasDimensions(1, 2);
    assertThat(components[0][0]).isCloseTo(Math.sqrt(0.5), within(1e-12));
    assertThat(components[0][1]).isCloseTo(Math.sqrt(0.5), within(1e-12));
  }

  @Test
  void components_areOrthonormalEigenvectors_seed7() {
    double[][] covariance = covariance(new Random(7), 12);

    double[][] components = PrincipalComponents.explaining(covariance, 0.99);

    assertThat(components.length).isBetween(2, 11);
    double previous = Double.MAX_VALUE;
    for (int i = 0; i < components.length; i++) {
      double[] image = times(covariance, components[i]);
      double eigenvalue = dot(image, components[i]);
      assertThat(eigenvalue).isLessThanOrEqualTo(previous);
      previous = eigenvalue;
      for (int k = 0; k < image.length; k++) {
        assertThat(image[k]).isCloseTo(eigenvalue * components[i][k], within(1e-9));
      }
      for (int j = 0; j <= i; j++) {
        assertThat(dot(components[i], components[j])).isCloseTo(i == j ? 1 : 0, within(1e-12));
      }
    }
  }

  @Test
  void constantColumns_haveNoComponent() {
    assertThat(PrincipalComponents.explaining(new double[3][3], 0.65)).isEmpty();
  }

  private static double[][] covariance(Random random, int columns) {
    double[][] factors = new double[columns][columns];
    for (double[] row : factors) {
      for (int i = 0; i < columns; i++) {
        row[i] = random.nextGaussian();
      }
    }
    double[][] covariance = new double[columns][columns];
    for (int i = 0; i < columns; i++) {
      for (int j = 0; j < columns; j++) {
        covariance[i][j] = dot(factors[i], factors[j]);
      }
    }
    return covariance;
  }

  private static double[] times(double[][] matrix, double[] vector) {
    double[] result = new double[vector.length];
    for (int i = 0; i < result.length; i++) {
      result[i] = dot(matrix[i], vector);
    }
    return result;
  }

  private static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }
}
