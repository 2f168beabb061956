package io.modeldrift.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.modeldrift.distribution.BinnedCounts;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What thresholds and p-values promise for every measure. The seed is in the test's name. */
class NoiseLawsTest {

  private static final double ALPHA = 0.01;

  private final ThresholdQuantiles quantiles = new ThresholdQuantiles();

  static LongStream seeds() {
    return LongStream.rangeClosed(1, 100);
  }

  @ParameterizedTest
  @EnumSource(Measure.class)
  void threshold_fallsAsRowsGrow(Measure measure) {
    double before = Double.POSITIVE_INFINITY;
    for (long rows = 200; rows <= 2_000_000; rows *= 10) {
      double threshold = threshold(noise(rows, Dispersion.UNKNOWN), measure, 0.02, ALPHA);
      // X² grows with the rows, and so does its threshold; as PSI it falls like the others.
      double comparable =
          measure == Measure.CHI_SQUARE ? threshold * (1 / 1e6 + 1.0 / rows) : threshold;
      assertThat(comparable).isLessThan(before);
      before = comparable;
    }
  }

  @ParameterizedTest
  @EnumSource(Measure.class)
  void threshold_growsWithToleranceAndConfidence(Measure measure) {
    Noise noise = noise(1_000, Dispersion.UNKNOWN);

    assertThat(threshold(noise, measure, 0.1, ALPHA))
        .isGreaterThan(threshold(noise, measure, 0.02, ALPHA));
    assertThat(threshold(noise, measure, 0.02, ALPHA / 10))
        .isGreaterThan(threshold(noise, measure, 0.02, ALPHA));
  }

  @ParameterizedTest
  @EnumSource(value = Measure.class, mode = EnumSource.Mode.EXCLUDE, names = "WASSERSTEIN")
  void threshold_growsWithDispersion(Measure measure) {
    Noise independent = noise(1_000, Dispersion.UNKNOWN);
    Noise dependent = noise(1_000, new Dispersion(2.5, 1.4, true));

    assertThat(threshold(dependent, measure, 0.02, ALPHA))
        .isGreaterThan(threshold(independent, measure, 0.02, ALPHA));
  }

  @ParameterizedTest
  @EnumSource(Measure.class)
  void pValueAtTheThreshold_isTheProbabilityItWasMadeFor(Measure measure) {
    Noise noise = noise(700, new Dispersion(1.7, 1.2, true));
    double threshold = threshold(noise, measure, 0.02, ALPHA);

    assertThat(noise.pValue(measure, threshold, 0.02).orElseThrow()).isCloseTo(ALPHA, within(1e-9));
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void pValue_isAProbability_andNoSmallerForTheLargerTolerance(long seed) {
    Random random = new Random(seed);
    Noise noise = noise(100 + random.nextInt(100_000), Dispersion.UNKNOWN);
    for (Measure measure : Measure.values()) {
      double score = random.nextDouble() * 0.5;
      double warning = noise.pValue(measure, score, 0.02).orElseThrow();
      double drifted = noise.pValue(measure, score, 0.1).orElseThrow();
      assertThat(warning).isBetween(0.0, 1.0);
      assertThat(drifted).isBetween(warning - 1e-14, 1.0);
    }
  }

  @Test
  void pValue_tooSmallToMean_isZero() {
    assertThat(noise(1_000_000, Dispersion.UNKNOWN).pValue(Measure.PSI, 3, 0.02)).hasValue(0);
  }

  @Test
  void wasserstein_withoutANullDistribution_hasNoThreshold() {
    BinnedCounts counts = BinnedCounts.of(new long[] {0, 900, 0, 0, 0}, new double[5]);
    BinnedPair pair = BinnedPair.ordered(counts, counts, 3, 1);
    Noise noise = Noise.of(pair, Dispersion.UNKNOWN, WassersteinNull.of(counts, 3, 1, List.of()));

    assertThat(noise.threshold(Measure.WASSERSTEIN, 0.02, ALPHA, quantiles)).isEmpty();
    assertThat(noise.pValue(Measure.WASSERSTEIN, 0.5, 0.02)).isEmpty();
  }

  @Test
  void oneOccupiedBin_hasThresholdsForEveryMeasureButWasserstein() {
    BinnedCounts counts = BinnedCounts.of(new long[] {0, 900, 0, 0, 0}, new double[5]);
    BinnedPair pair = BinnedPair.ordered(counts, counts, 3, 1);
    Noise noise = Noise.of(pair, Dispersion.UNKNOWN, WassersteinNull.of(counts, 3, 1, List.of()));

    for (Measure measure : Measure.values()) {
      OptionalDouble threshold = noise.threshold(measure, 0.02, ALPHA, quantiles);
      assertThat(threshold.isPresent()).isEqualTo(measure != Measure.WASSERSTEIN);
    }
    assertThat(noise.floor()).isZero();
  }

  private double threshold(Noise noise, Measure measure, double tolerance, double upperTail) {
    return noise.threshold(measure, tolerance, upperTail, quantiles).orElseThrow();
  }

  /** A million baseline rows against some current ones, 12 value bins equally filled. */
  private static Noise noise(long rows, Dispersion dispersion) {
    BinnedCounts baseline = uniform(1_000_000);
    BinnedPair pair = BinnedPair.ordered(baseline, uniform(rows), 12, 3.45);
    return Noise.of(pair, dispersion, WassersteinNull.of(baseline, 12, 3.45, List.of()));
  }

  private static BinnedCounts uniform(long rows) {
    long[] counts = new long[14];
    double[] sums = new double[14];
    for (int bin = 0; bin < 12; bin++) {
      counts[bin] = rows / 12 + (bin < rows % 12 ? 1 : 0);
      sums[bin] = counts[bin] * (bin + 0.5);
    }
    return BinnedCounts.of(counts, sums);
  }
}
