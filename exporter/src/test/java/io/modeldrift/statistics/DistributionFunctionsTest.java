package io.modeldrift.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.stream.Stream;
import org.apache.commons.statistics.distribution.GammaDistribution;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class DistributionFunctionsTest {

  static Stream<ReferenceValue> kolmogorovTails() {
    return ReferenceValue.of("kolmogorov-sf");
  }

  static Stream<ReferenceValue> kolmogorovQuantiles() {
    return ReferenceValue.of("kolmogorov-quantile");
  }

  static Stream<ReferenceValue> noncentralTails() {
    return ReferenceValue.of("noncentral-chi-square-sf");
  }

  static Stream<ReferenceValue> noncentralQuantiles() {
    return ReferenceValue.of("noncentral-chi-square-quantile");
  }

  static Stream<ReferenceValue> closedForms() {
    return ReferenceValue.of("sankaran-quantile");
  }

  @ParameterizedTest
  @MethodSource("kolmogorovTails")
  void kolmogorovUpperTail_matchesReference(ReferenceValue reference) {
    reference.check(Kolmogorov.upperTail(reference.number("t")));
  }

  @ParameterizedTest
  @MethodSource("kolmogorovQuantiles")
  void kolmogorovUpperQuantile_matchesReference(ReferenceValue reference) {
    reference.check(Kolmogorov.upperQuantile(1 - reference.number("p")));
  }

  @ParameterizedTest
  @MethodSource("noncentralTails")
  void noncentralUpperTail_matchesReference(ReferenceValue reference) {
    reference.check(
        NoncentralChiSquare.upperTail(
            reference.number("x"), reference.number("df"), reference.number("noncentrality")));
  }

  @ParameterizedTest
  @MethodSource("noncentralQuantiles")
  void noncentralUpperQuantile_matchesReference(ReferenceValue reference) {
    reference.check(
        NoncentralChiSquare.upperQuantile(
            1 - reference.number("p"), reference.number("df"), reference.number("noncentrality")));
  }

  @ParameterizedTest
  @MethodSource("closedForms")
  void sankaran_matchesReference(ReferenceValue reference) {
    reference.check(
        NoncentralChiSquare.sankaran(
            1 - reference.number("p"), reference.number("df"), reference.number("noncentrality")));
  }

  @Test
  void kolmogorov_whereItsTwoSeriesMeet_isContinuous() {
    assertThat(Kolmogorov.upperTail(Math.nextDown(1.0)))
        .isCloseTo(Kolmogorov.upperTail(1.0), within(1e-14));
  }

  @Test
  void kolmogorov_atZeroAndBelow_isCertain() {
    assertThat(Kolmogorov.upperTail(0)).isEqualTo(1);
    assertThat(Kolmogorov.upperTail(-3)).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource({"1, 0.001", "1, 3", "13, 0.5", "13, 900", "250, 40", "499, 99999", "13, 1e7"})
  void noncentralQuantile_itsTail_isTheProbability(double degrees, double noncentrality) {
    for (double upperTail : new double[] {0.5, 0.1, 0.01, 1e-4, 1e-7}) {
      double x = NoncentralChiSquare.upperQuantile(upperTail, degrees, noncentrality);
      assertThat(NoncentralChiSquare.upperTail(x, degrees, noncentrality))
          .isCloseTo(upperTail, within(2e-6 * upperTail));
    }
  }

  @ParameterizedTest
  @CsvSource({"0.05, 0.3", "0.01, 2.2", "0.5, 9.7", "1e-5, 60", "0.99, 0.7", "0.01, 1000"})
  void gammaQuantile_agreesWithCommonsStatistics(double upperTail, double shape) {
    double expected = GammaDistribution.of(shape, 1).inverseSurvivalProbability(upperTail);
    assertThat(GammaQuantile.upperQuantile(upperTail, shape))
        .isCloseTo(expected, within(1e-8 * expected));
  }

  @ParameterizedTest
  @CsvSource({"0", "1", "-0.1", "NaN"})
  void quantiles_ofNoProbability_areRefused(double upperTail) {
    assertThatThrownBy(() -> NoncentralChiSquare.upperQuantile(upperTail, 3, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("is not in (0, 1)");
    assertThatThrownBy(() -> Kolmogorov.upperQuantile(upperTail))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("is not in (0, 1)");
  }
}
