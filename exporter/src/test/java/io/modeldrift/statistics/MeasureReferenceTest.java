package io.modeldrift.statistics;

import static org.assertj.core.api.Assertions.assertThat;

import io.modeldrift.distribution.BinnedCounts;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class MeasureReferenceTest {

  static Stream<ReferenceValue> sharesOnly() {
    return Stream.of(
            "psi",
            "kl",
            "js-divergence",
            "js-distance",
            "hellinger",
            "total-variation",
            "l-infinity",
            "cramers-v")
        .flatMap(ReferenceValue::of);
  }

  static Stream<ReferenceValue> psiContributions() {
    return ReferenceValue.of("psi").filter(reference -> reference.expected().isObject());
  }

  static Stream<ReferenceValue> kolmogorovSmirnov() {
    return ReferenceValue.of("ks");
  }

  static Stream<ReferenceValue> wasserstein() {
    return ReferenceValue.of("wasserstein");
  }

  static Stream<ReferenceValue> chiSquare() {
    return ReferenceValue.of("chi-square");
  }

  @ParameterizedTest
  @MethodSource("sharesOnly")
  void score_matchesReference(ReferenceValue reference) {
    BinnedPair pair =
        BinnedPair.unordered(reference.counts("baseline"), reference.counts("current"));
    Recipe recipe =
        reference.given().has("recipe")
            ? Recipe.ofLabel(reference.given().get("recipe").asString())
            : Recipe.HALF_COUNT;

    OptionalDouble score = recipe.score(measureOf(reference), pair).asOptional();

    if (reference.expected().isObject()) {
      reference.check("score", score.orElseThrow());
      reference.check("bins", pair.occupiedBins());
    } else {
      reference.check(score);
    }
  }

  @ParameterizedTest
  @MethodSource("psiContributions")
  void contributions_matchReference(ReferenceValue reference) {
    BinnedPair pair =
        BinnedPair.unordered(reference.counts("baseline"), reference.counts("current"));

    double[] byBin = new double[pair.bins()];
    for (Contribution contribution : Contribution.largest(pair, pair.bins())) {
      byBin[contribution.bin()] = contribution.value();
    }

    reference.check(reference.expected().get("contributions"), byBin);
  }

  @ParameterizedTest
  @MethodSource("kolmogorovSmirnov")
  void ks_matchesReference(ReferenceValue reference) {
    BinnedCounts baseline = reference.counts("baseline");
    BinnedPair pair =
        BinnedPair.ordered(baseline, reference.counts("current"), baseline.bins(), Double.NaN);
    WassersteinNull none = WassersteinNull.of(baseline, baseline.bins(), Double.NaN, List.of());
    Noise noise = Noise.of(pair, Dispersion.UNKNOWN, none);

    double score = Measure.KS.score(pair).asOptional().orElseThrow();

    reference.check("score", score);
    reference.check("p_value", noise.pValue(Measure.KS, score, 0).orElseThrow());
    reference.check("p_warning", noise.pValue(Measure.KS, score, 0.02).orElseThrow());
  }

  @ParameterizedTest
  @MethodSource("wasserstein")
  void wasserstein_matchesReference(ReferenceValue reference) {
    BinnedCounts baseline = withSums(reference, "baseline");
    BinnedPair pair =
        BinnedPair.ordered(
            baseline,
            withSums(reference, "current"),
            baseline.bins(),
            reference.number("baseline_std"));

    reference.check(Measure.WASSERSTEIN.score(pair).asOptional());
  }

  @ParameterizedTest
  @MethodSource("chiSquare")
  void chiSquare_matchesReference(ReferenceValue reference) {
    BinnedPair pair =
        BinnedPair.unordered(reference.counts("baseline"), reference.counts("current"));

    Optional<ChiSquareTest> test = ChiSquareTest.of(pair);

    assertThat(test.isPresent()).isNotEqualTo(reference.expected().isNull());
    test.ifPresent(
        result -> {
          reference.check("statistic", result.statistic());
          reference.check("df", result.degrees());
          reference.check("p_value", result.pValue());
        });
  }

  private static BinnedCounts withSums(ReferenceValue reference, String side) {
    return BinnedCounts.of(
        ReferenceValue.longs(reference.given().get(side)),
        ReferenceValue.doubles(reference.given().get(side + "_sums")));
  }

  private static Measure measureOf(ReferenceValue reference) {
    return Measure.ofLabel(reference.function());
  }
}
