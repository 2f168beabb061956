package io.modeldrift.statistics;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.modeldrift.distribution.ScoreLayout;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PerformanceLawsTest {

  private static final int ROWS = 300;
  private static final ScoreLayout LAYOUT = ScoreLayout.ofEqualWidth(0.5);

  static LongStream seeds() {
    return LongStream.rangeClosed(1, 50);
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void slicesMerged_giveWhatAllRowsGive(long seed) {
    Random random = new Random(seed);
    Rows all = new Rows();
    Rows first = new Rows();
    Rows second = new Rows();
    for (int row = 0; row < ROWS; row++) {
      double score = random.nextDouble();
      boolean positive = random.nextDouble() < score;
      all.add(score, positive);
      (random.nextBoolean() ? first : second).add(score, positive);
    }

    first.scores.add(second.scores);
    first.losses.add(second.losses);
    first.matrix.add(second.matrix);

    assertThat(first.matrix.metrics()).isEqualTo(all.matrix.metrics());
    assertThat(first.scores.ranking()).isEqualTo(all.scores.ranking());
    assertThat(number(first.losses.brier())).isCloseTo(number(all.losses.brier()), within(1e-12));
    assertThat(number(first.losses.logLoss()))
        .isCloseTo(number(all.losses.logLoss()), within(1e-12));
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void shares_stayWithinTheirRange(long seed) {
    Random random = new Random(seed);
    Rows rows = new Rows();
    for (int row = 0; row < ROWS; row++) {
      rows.add(random.nextDouble(), random.nextDouble() < 0.1);
    }

    rows.matrix
        .metrics()
        .forEach((metric, estimate) -> assertThat(number(estimate)).isBetween(0.0, 1.0));
    assertThat(number(rows.scores.ranking().rocAuc())).isBetween(0.0, 1.0);
    Calibration calibration =
        rows.scores.calibration(
            ScoreGroups.ofEqualCounts(new long[LAYOUT.bins()], ScoreGroups.DEFAULT_GROUPS));
    assertThat(number(calibration.error())).isBetween(0.0, number(calibration.largestError()));
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void orderReversed_mirrorsTheArea(long seed) {
    Random random = new Random(seed);
    double[] positives = random.ints(12, 0, 30).asDoubleStream().toArray();
    double[] negatives = random.ints(12, 0, 30).asDoubleStream().toArray();

    Ranking ranking = Ranking.of(positives, negatives);
    Ranking reversed = Ranking.of(reversed(positives), reversed(negatives));

    assertThat(number(ranking.rocAuc()) + number(reversed.rocAuc())).isCloseTo(1, within(1e-12));
  }

  @Test
  void twoClasses_areTheSameAsAMatrixAndAsABinaryConfusion() {
    Rows rows = new Rows();
    rows.add(0.9, true);
    rows.add(0.8, false);
    rows.add(0.2, true);
    rows.add(0.1, false);
    rows.add(0.3, false);

    assertThat(rows.matrix.against(1)).isEqualTo(new BinaryConfusion(1, 1, 1, 2));
    assertThat(rows.matrix.metrics().get(PerformanceMetric.ACCURACY))
        .isEqualTo(rows.matrix.against(1).accuracy());
  }

  @Test
  void nothingCounted_isAbsentEverywhere() {
    Rows none = new Rows();

    assertThat(none.matrix.metrics().values()).allMatch(PerformanceLawsTest::isAbsent);
    assertThat(none.matrix.against(0).metrics().values()).allMatch(PerformanceLawsTest::isAbsent);
    assertThat(none.losses.metrics().values()).allMatch(PerformanceLawsTest::isAbsent);
    assertThat(new RegressionSums(0).metrics().values()).allMatch(PerformanceLawsTest::isAbsent);
    assertThat(none.scores.calibration(ScoreGroups.ofSingleBins(LAYOUT.bins())).metrics().values())
        .allMatch(PerformanceLawsTest::isAbsent);
    assertThat(none.scores.ranking().rocAuc()).matches(PerformanceLawsTest::isAbsent);
  }

  @Test
  void centres_thatDiffer_areNotAdded() {
    assertThatThrownBy(() -> new RegressionSums(1).add(new RegressionSums(2)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("centre 2.0 is not 1.0");
  }

  @Test
  void explainedVariance_doesNotDependOnTheCentre() {
    RegressionSums near = new RegressionSums(1e6);
    RegressionSums far = new RegressionSums(0);
    for (int row = 0; row < 100; row++) {
      near.add(1e6 + row, 1e6 + row + row % 3);
      far.add(1e6 + row, 1e6 + row + row % 3);
    }

    assertThat(explained(near)).isCloseTo(explained(far), within(1e-6));
  }

  @Test
  void equalCounts_putNeighboursTogether() {
    ScoreGroups groups = ScoreGroups.ofEqualCounts(new long[] {50, 0, 50, 10, 90}, 2);

    ScoreCounts counts = new ScoreCounts(5);
    counts.add(0, 1, 0, 0.1);
    counts.add(2, 2, 0, 0.2);
    counts.add(4, 4, 0, 0.4);
    ScoreGroupCounts joined = groups.joined(counts);

    assertThat(new long[] {joined.rows(0), joined.rows(1)}).containsExactly(3, 4);
  }

  private static double explained(RegressionSums sums) {
    return number(requireNonNull(sums.metrics().get(PerformanceMetric.R2)));
  }

  private static boolean isAbsent(Estimate estimate) {
    return estimate.value() instanceof Result.Absent;
  }

  private static double number(Estimate estimate) {
    return number(estimate.value());
  }

  private static double number(Result result) {
    return result.asOptional().orElseThrow();
  }

  private static double[] reversed(double[] values) {
    double[] reversed = new double[values.length];
    Arrays.setAll(reversed, i -> values[values.length - 1 - i]);
    return reversed;
  }

  private static final class Rows {

    final ConfusionMatrix matrix = new ConfusionMatrix(2);
    final ScoreCounts scores = new ScoreCounts(LAYOUT.bins());
    final ProbabilityLoss losses = new ProbabilityLoss();

    void add(double score, boolean positive) {
      matrix.add(positive ? 1 : 0, score >= LAYOUT.threshold() ? 1 : 0);
      scores.add(LAYOUT.indexOf(score), score, positive);
      losses.add(score, positive);
    }
  }
}
