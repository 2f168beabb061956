package io.modeldrift.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.modeldrift.distribution.BinnedCounts;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What every measure promises, on generated counts. The seed is in the test's name. */
class MeasureLawsTest {

  private static final Set<Measure> SYMMETRIC =
      EnumSet.complementOf(EnumSet.of(Measure.KL, Measure.WASSERSTEIN));
  private static final Set<Measure> AT_MOST_ONE =
      EnumSet.of(
          Measure.JS_DIVERGENCE,
          Measure.JS_DISTANCE,
          Measure.HELLINGER,
          Measure.TOTAL_VARIATION,
          Measure.L_INFINITY,
          Measure.KS,
          Measure.CRAMERS_V);
  private static final Set<Measure> OF_SHARES_ONLY =
      EnumSet.complementOf(EnumSet.of(Measure.PSI, Measure.KL, Measure.CHI_SQUARE));

  /** Chi-square breaks ties between equally small bins by their order when it pools them. */
  private static final Set<Measure> BLIND_TO_ORDER =
      EnumSet.complementOf(EnumSet.of(Measure.KS, Measure.WASSERSTEIN, Measure.CHI_SQUARE));

  private static final Set<Measure> BOUNDED_BY_PSI =
      EnumSet.of(
          Measure.JS_DIVERGENCE, Measure.HELLINGER, Measure.TOTAL_VARIATION, Measure.CRAMERS_V);
  private static final double DEVIATION = 1.5;
  private static final int SEEDS = 100;

  static LongStream seeds() {
    return LongStream.rangeClosed(1, SEEDS);
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void score_isInItsRange(long seed) {
    Random random = new Random(seed);
    BinnedPair pair = pair(counts(random, 14), counts(random, 14));

    for (Measure measure : Measure.values()) {
      double largest = AT_MOST_ONE.contains(measure) ? 1 + 1e-12 : Double.MAX_VALUE;
      if (measure.score(pair) instanceof Result.Value score) {
        assertThat(score.value()).as(measure.label()).isBetween(0.0, largest);
      }
    }
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void equalShares_scoreZero(long seed) {
    Random random = new Random(seed);
    BinnedCounts counts = counts(random, 14);

    for (Measure measure : Measure.values()) {
      if (measure.score(pair(counts, counts)) instanceof Result.Value score) {
        assertThat(score.value()).as(measure.label()).isCloseTo(0, within(1e-12));
      }
    }
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void sidesThatTradePlaces_changeNothing_whereTheMeasureIsSymmetric(long seed) {
    Random random = new Random(seed);
    BinnedCounts one = counts(random, 14);
    BinnedCounts other = counts(random, 14);

    for (Measure measure : SYMMETRIC) {
      assertSame(measure.score(pair(one, other)), measure.score(pair(other, one)));
    }
    assertThat(value(Measure.KL, pair(one, other)) + value(Measure.KL, pair(other, one)))
        .as("both directions of KL add up to PSI")
        .isCloseTo(value(Measure.PSI, pair(one, other)), within(1e-10));
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void tenTimesTheRows_changeNothing_whereOnlySharesCount(long seed) {
    Random random = new Random(seed);
    BinnedCounts baseline = counts(random, 14);
    BinnedCounts current = counts(random, 14);
    BinnedPair scaled = pair(scaled(baseline, 10), scaled(current, 10));

    for (Measure measure : OF_SHARES_ONLY) {
      assertSame(measure.score(scaled), measure.score(pair(baseline, current)));
    }
    for (Measure measure : List.of(Measure.PSI, Measure.KL)) {
      double unsmoothed = value(measure, pair(scaled(baseline, 1000), scaled(current, 1000)));
      double fewRows = Math.abs(value(measure, pair(baseline, current)) - unsmoothed);
      double manyRows = Math.abs(value(measure, scaled) - unsmoothed);
      assertThat(manyRows).isLessThanOrEqualTo(fewRows + 1e-9);
    }
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void otherOrderOfBins_changesNothing_whereOrderDoesNotCount(long seed) {
    Random random = new Random(seed);
    BinnedCounts baseline = counts(random, 14);
    BinnedCounts current = counts(random, 14);
    List<Integer> order = new ArrayList<>(IntStream.range(0, 14).boxed().toList());
    Collections.shuffle(order, random);

    for (Measure measure : BLIND_TO_ORDER) {
      assertSame(
          measure.score(pair(permuted(baseline, order), permuted(current, order))),
          measure.score(pair(baseline, current)));
    }
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void mergedSlices_scoreLikeOneWindow(long seed) {
    Random random = new Random(seed);
    BinnedCounts baseline = counts(random, 14);
    BinnedCounts[] slices = {counts(random, 14), counts(random, 14), counts(random, 14)};
    BinnedCounts together = slices[0].plus(slices[1]).plus(slices[2]);
    BinnedCounts otherWay = slices[2].plus(slices[0].plus(slices[1]));

    for (Measure measure : Measure.values()) {
      assertSame(measure.score(pair(baseline, together)), measure.score(pair(baseline, otherWay)));
    }
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void psiEquivalents_ofPlainShares_neverExceedTheirPsi(long seed) {
    Random random = new Random(seed);
    // So many rows that half counts do not matter; no bin empty, or PSI would be infinite.
    BinnedPair pair =
        pair(scaled(occupied(random, 9), 1_000_000), scaled(occupied(random, 9), 1_000_000));
    double psi = value(Measure.PSI, pair);

    for (Measure measure : BOUNDED_BY_PSI) {
      assertThat(measure.toPsi(value(measure, pair)))
          .as(measure.label())
          .isLessThanOrEqualTo(psi * (1 + 1e-4));
    }
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void psiEquivalent_thereAndBack_isTheSame(long seed) {
    double psi = new Random(seed).nextDouble() * 3;
    for (Measure measure : Measure.values()) {
      double score = measure.fromPsi(psi);
      if (!Double.isNaN(score)) {
        assertThat(measure.toPsi(score)).isCloseTo(psi, within(1e-12));
      }
    }
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void contributions_addUpToPsi(long seed) {
    Random random = new Random(seed);
    BinnedPair pair = pair(counts(random, 20), counts(random, 20));

    List<Contribution> all = Contribution.largest(pair, 20);

    assertThat(all.stream().mapToDouble(Contribution::value).sum())
        .isCloseTo(value(Measure.PSI, pair), within(1e-10));
    assertThat(Contribution.largest(pair, 3)).isEqualTo(all.subList(0, Math.min(3, all.size())));
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void hugeValues_makeSumsUseless_butNotCounts(long seed) {
    Random random = new Random(seed);
    BinnedCounts baseline = counts(random, 14);
    double[] sums = baseline.sums();
    sums[random.nextInt(12)] = Double.POSITIVE_INFINITY;
    BinnedCounts overflown = BinnedCounts.of(baseline.toArray(), sums);
    BinnedPair pair = pair(baseline, overflown);

    assertThat(Measure.WASSERSTEIN.score(pair)).isEqualTo(Result.absent(Result.Reason.NOT_DEFINED));
    assertThat(value(Measure.PSI, pair)).isZero();
  }

  private static BinnedPair pair(BinnedCounts baseline, BinnedCounts current) {
    return BinnedPair.ordered(baseline, current, baseline.bins() - 2, DEVIATION);
  }

  private static double value(Measure measure, BinnedPair pair) {
    return measure.score(pair).asOptional().orElseThrow();
  }

  private static void assertSame(Result actual, Result expected) {
    assertThat(actual.asOptional().isPresent()).isEqualTo(expected.asOptional().isPresent());
    expected
        .asOptional()
        .ifPresent(
            score ->
                assertThat(actual.asOptional().orElseThrow())
                    .isCloseTo(score, within(1e-10 * (1 + score))));
  }

  /**
   * Counts of wildly different sizes, a third of them 0, with values that ascend from bin to bin.
   */
  private static BinnedCounts counts(Random random, int bins) {
    long[] counts = new long[bins];
    double[] sums = new double[bins];
    counts[random.nextInt(bins)] = 1; // never empty
    for (int bin = 0; bin < bins; bin++) {
      if (random.nextInt(3) > 0) {
        counts[bin] += (long) Math.exp(random.nextDouble() * 8);
      }
      sums[bin] = counts[bin] * (bin + random.nextDouble());
    }
    return BinnedCounts.of(counts, sums);
  }

  private static BinnedCounts occupied(Random random, int bins) {
    return counts(random, bins)
        .plus(BinnedCounts.of(LongStream.generate(() -> 1).limit(bins).toArray()));
  }

  private static BinnedCounts scaled(BinnedCounts counts, long factor) {
    long[] scaled = counts.toArray();
    double[] sums = counts.sums();
    for (int bin = 0; bin < scaled.length; bin++) {
      scaled[bin] *= factor;
      sums[bin] *= factor;
    }
    return BinnedCounts.of(scaled, sums);
  }

  private static BinnedCounts permuted(BinnedCounts counts, List<Integer> order) {
    return BinnedCounts.of(order.stream().mapToLong(counts::count).toArray());
  }
}
