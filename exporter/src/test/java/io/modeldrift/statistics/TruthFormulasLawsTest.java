package io.modeldrift.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class TruthFormulasLawsTest {

  static LongStream seeds() {
    return LongStream.rangeClosed(1, 50);
  }

  static List<ConceptDriftDetector> detectors() {
    return List.of(
        new Adwin(AdwinSettings.DEFAULT),
        new PageHinkley(PageHinkley.Settings.DEFAULT),
        new Ddm(Ddm.Settings.DEFAULT),
        new HddmA(HddmA.Settings.DEFAULT));
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void calibratedProbabilities_neverFallAndKeepTheTotal(long seed) {
    Random random = new Random(seed);
    long[] rows = random.longs(40, 0, 20).toArray();
    rows[7] = 5;
    long[] positives = new long[rows.length];
    for (int bin = 0; bin < rows.length; bin++) {
      positives[bin] = rows[bin] == 0 ? 0 : random.nextLong(rows[bin] + 1);
    }

    double[] probabilities = CalibrationTable.isotonic(rows, positives);

    double expected = 0;
    for (int bin = 0; bin < rows.length; bin++) {
      assertThat(probabilities[bin]).isBetween(bin == 0 ? 0 : probabilities[bin - 1], 1.0);
      expected += rows[bin] * probabilities[bin];
    }
    assertThat(expected).isCloseTo((double) LongStream.of(positives).sum(), within(1e-9));
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void sequentialInterval_excludesZeroExactlyWhereThePValueIsBelowAlpha(long seed) {
    Random random = new Random(seed);
    int rows = 200 + random.nextInt(20_000);
    SequentialDifference difference =
        SequentialDifference.ofAccuracies(
                rows * 9 / 10 - random.nextInt(90),
                rows,
                rows * 85 / 100,
                rows,
                SequentialPlan.DEFAULT)
            .orElseThrow();

    boolean excludesZero = difference.lower() > 0 || difference.upper() < 0;

    assertThat(excludesZero).isEqualTo(difference.pValue() < SequentialPlan.DEFAULT.alpha());
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void rateDifference_turnsRoundWithItsSides(long seed) {
    Random random = new Random(seed);
    long first = random.nextInt(100);
    long second = random.nextInt(300);

    RateDifference one = RateDifference.of(first, 100, second, 300, WilsonInterval.TWO_SIDED_95);
    RateDifference other = RateDifference.of(second, 300, first, 100, WilsonInterval.TWO_SIDED_95);

    assertThat(one.difference()).isEqualTo(-other.difference());
    assertThat(one.lower()).isCloseTo(-other.upper(), within(1e-15));
    assertThat(one.difference()).isBetween(one.lower(), one.upper());
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void attributions_scaledTogether_haveNotDrifted(long seed) {
    Random random = new Random(seed);
    Map<String, Double> baseline =
        Map.of("a", random.nextDouble(), "b", random.nextDouble(), "c", random.nextDouble());
    Map<String, Double> scaled = new HashMap<>();
    baseline.forEach((feature, mean) -> scaled.put(feature, 8 * mean));

    AttributionDrift drift = AttributionDrift.of(baseline, scaled);

    assertThat(drift.ndcg().asOptional()).hasValue(1);
    assertThat(drift.shareDistance().asOptional().orElseThrow()).isCloseTo(0, within(1e-15));
  }

  @ParameterizedTest
  @MethodSource("detectors")
  void detector_findsAJumpAndKeepsQuietBeforeIt(ConceptDriftDetector detector) {
    Random random = new Random(11);
    for (int row = 0; row < 2000; row++) {
      double loss = random.nextDouble() < 0.3 ? 1 : 0;
      assertThat(detector.update(loss)).isNotEqualTo(DetectorSignal.DETECTED);
    }

    int row = 0;
    while (detector.update(1) != DetectorSignal.DETECTED) {
      row++;
      assertThat(row).isLessThan(500);
    }

    assertThat(detector.estimate().asOptional().orElseThrow()).isBetween(0.2, 1.0);
  }

  @ParameterizedTest
  @MethodSource("detectors")
  void detector_refusesWhatIsNoLossAndWhatIsNoState(ConceptDriftDetector detector) {
    detector.update(1);
    double[] before = detector.state();

    assertThatThrownBy(() -> detector.update(Double.NaN))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> detector.restore(new double[] {1, 2, 3}))
        .isInstanceOf(IllegalArgumentException.class);
    double[] broken = before.clone();
    broken[0] = -1;
    assertThatThrownBy(() -> detector.restore(broken)).isInstanceOf(IllegalArgumentException.class);

    assertThat(detector.state()).containsExactly(before);
  }

  @Test
  void declaredProbabilities_areUsedAsTheyAre() {
    assertThat(CalibrationTable.identity().probability(3, 0.42)).isEqualTo(0.42);
  }

  @Test
  void scoresFarFromTheirTruth_getATable() {
    ScoreCounts counts = new ScoreCounts(2);
    for (int row = 0; row < 1000; row++) {
      counts.add(0, 0.05, row % 2 == 0);
      counts.add(1, 0.95, true);
    }

    CalibrationTable table = CalibrationTable.of(counts, ScoreGroups.ofSingleBins(2));

    assertThat(table.isIdentity()).isFalse();
    assertThat(table.probability(0, 0.05)).isEqualTo(0.5);
    assertThat(table.probability(1, 0.95)).isEqualTo(1);
  }

  @Test
  void segments_withoutFigure_mayHoldATenth() {
    double[] accuracy = {0.8, Double.NaN};

    assertThat(SegmentMix.reweighted(accuracy, new long[] {90, 10}).asOptional()).hasValue(0.8);
    assertThat(SegmentMix.reweighted(accuracy, new long[] {89, 11}))
        .isEqualTo(Result.absent(Result.Reason.NO_BASELINE));
  }

  @Test
  void groups_belowTheMinimum_areLeftOut() {
    GroupLimits limits = GroupLimits.DEFAULT;
    GroupCounts enough = new GroupCounts(100, 40, new BinaryConfusion(20, 20, 9, 51));
    GroupCounts tooFew = new GroupCounts(99, 40, new BinaryConfusion(20, 20, 9, 50));

    assertThat(limits.admits(enough, GroupRate.SELECTION)).isTrue();
    assertThat(limits.admits(enough, GroupRate.TRUE_POSITIVE)).isFalse();
    assertThat(limits.admits(enough, GroupRate.PRECISION)).isTrue();
    assertThat(limits.admits(tooFew, GroupRate.SELECTION)).isFalse();
    assertThat(Fairness.of(Map.of("a", enough, "b", tooFew), limits).demographicParityDifference())
        .isInstanceOf(Result.Absent.class);
  }

  @Test
  void outcomesAfterTheirPredictionsHaveLeftTheWindow_areComparedAllTheSame() {
    GroupLimits limits = GroupLimits.DEFAULT;
    GroupCounts late = new GroupCounts(3, 1, new BinaryConfusion(40, 10, 10, 40));
    GroupCounts early = new GroupCounts(1000, 300, new BinaryConfusion(40, 10, 10, 39));

    assertThat(limits.admits(late, GroupRate.SELECTION)).isFalse();
    assertThat(limits.admits(early, GroupRate.SELECTION)).isTrue();
    for (GroupRate rate :
        List.of(GroupRate.TRUE_POSITIVE, GroupRate.FALSE_POSITIVE, GroupRate.PRECISION)) {
      assertThat(limits.admits(late, rate)).isTrue();
      assertThat(limits.admits(early, rate)).as("99 outcomes").isFalse();
    }
  }

  @Test
  void extremeGroups_areKnownToBeApart() {
    GroupCounts few = new GroupCounts(1000, 100, new BinaryConfusion(0, 0, 0, 0));
    GroupCounts many = new GroupCounts(1000, 300, new BinaryConfusion(0, 0, 0, 0));

    Disparity disparity =
        Disparity.of(Map.of("x", few, "y", many), GroupRate.SELECTION, GroupLimits.DEFAULT)
            .orElseThrow();

    assertThat(disparity).isEqualTo(new Disparity(0.1, 0.3, true));
  }

  @Test
  void numbers_agreeWithinTheirTolerance() {
    assertThat(Agreement.DEFAULT.agree(100, 100.1)).isTrue();
    assertThat(Agreement.DEFAULT.agree(100, 100.2)).isFalse();
    assertThat(Agreement.DEFAULT.agree(0, 1e-6)).isTrue();
    assertThat(Agreement.DEFAULT.agree(0, 2e-6)).isFalse();
    assertThat(Agreement.DEFAULT.agree(1, Double.NaN)).isFalse();
  }

  @Test
  void pairs_needTwentyThatDiffer() {
    SequentialPlan plan = SequentialPlan.DEFAULT;

    assertThat(new PairedOutcomes(500, 12, 7, 30).sequential(plan)).isEmpty();
    assertThat(new PairedOutcomes(500, 12, 8, 30).sequential(plan)).isPresent();
    assertThat(PairedOutcomes.NONE.with(true, false).with(false, false))
        .isEqualTo(new PairedOutcomes(0, 1, 0, 1));
  }
}
