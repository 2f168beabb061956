package io.modeldrift.statistics;

import java.util.Arrays;
import java.util.stream.Collectors;

/**
 * A way to say, as one number, how far the current distribution of a column lies from its baseline.
 *
 * <p>Every measure is 0 for equal shares and never negative, and all but {@link #PSI}, {@link #KL},
 * {@link #CHI_SQUARE} and {@link #WASSERSTEIN} are at most 1. Except for {@code KL} and {@code
 * WASSERSTEIN} the sides may trade places. {@code KS} and {@code WASSERSTEIN} need ordered bins.
 * Scores of different measures cannot be compared with one another.
 */
public enum Measure {
  /**
   * Population stability index: {@code Σ (q̃−p̃)·ln(q̃/p̃)} over occupied bins, shares after adding
   * half a row to each of them, so that one empty bin cannot make it infinite.
   */
  PSI("psi"),
  /** Relative entropy {@code Σ q̃·ln(q̃/p̃)} of current against baseline in nats, half counts. */
  KL("kl"),
  /** Jensen–Shannon divergence in bits. */
  JS_DIVERGENCE("js_divergence"),
  /** Square root of the Jensen–Shannon divergence in bits. */
  JS_DISTANCE("js_distance"),
  /** Hellinger distance {@code √(½ Σ (√p − √q)²)}. */
  HELLINGER("hellinger"),
  /** Total variation {@code ½ Σ |p − q|}. */
  TOTAL_VARIATION("total_variation"),
  /** Largest difference of a bin's share. */
  L_INFINITY("l_infinity"),
  /** Kolmogorov–Smirnov statistic over the value bins. */
  KS("ks"),
  /** Wasserstein-1 distance from bin means, in baseline standard deviations. */
  WASSERSTEIN("wasserstein"),
  /** Pearson's X² of the test of homogeneity; grows with the number of rows. */
  CHI_SQUARE("chi_square"),
  /** Cramér's V with both sides given equal weight. */
  CRAMERS_V("cramers_v");

  private static final double EIGHT_LN_2 = 8 * Math.log(2);

  private final String label;

  Measure(String label) {
    this.label = label;
  }

  /** Returns the name used in configuration and as a label value, for example {@code psi}. */
  public String label() {
    return label;
  }

  /**
   * Returns the measure with this name.
   *
   * @throws IllegalArgumentException if there is none; the message lists the names there are
   */
  public static Measure ofLabel(String label) {
    return Arrays.stream(values())
        .filter(measure -> measure.label.equals(label))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "unknown measure \"" + label + "\"; there are " + labels()));
  }

  /** Returns whether the measure is defined for columns whose bins have an order only. */
  public boolean needsOrder() {
    return this == KS || this == WASSERSTEIN;
  }

  /**
   * Returns the drift score, or why there is none: an empty side, no order where one is needed, or
   * a result that is not finite. Takes time linear in the number of bins ({@code CHI_SQUARE}: more
   * when it has to pool) and allocates only the result.
   */
  public Result score(BinnedPair pair) {
    if (pair.baselineRows() == 0) {
      return Result.absent(Result.Reason.NO_BASELINE);
    }
    if (pair.currentRows() == 0) {
      return Result.absent(Result.Reason.NO_ROWS);
    }
    return Result.ofFinite(withoutDebris(formula(pair)));
  }

  /**
   * The PSI that a small difference with this score would have; NaN for measures without one, whose
   * thresholds {@link Noise} computes in their own way.
   */
  double toPsi(double score) {
    return switch (this) {
      case PSI -> score;
      case KL -> 2 * score;
      case JS_DIVERGENCE -> EIGHT_LN_2 * score;
      case JS_DISTANCE -> EIGHT_LN_2 * score * score;
      case HELLINGER -> 8 * score * score;
      case TOTAL_VARIATION, CRAMERS_V -> 4 * score * score;
      case L_INFINITY, KS, WASSERSTEIN, CHI_SQUARE -> Double.NaN;
    };
  }

  /** The inverse of {@link #toPsi}. */
  double fromPsi(double psi) {
    return switch (this) {
      case PSI -> psi;
      case KL -> psi / 2;
      case JS_DIVERGENCE -> psi / EIGHT_LN_2;
      case JS_DISTANCE -> Math.sqrt(psi / EIGHT_LN_2);
      case HELLINGER -> Math.sqrt(psi / 8);
      case TOTAL_VARIATION, CRAMERS_V -> Math.sqrt(psi) / 2;
      case L_INFINITY, KS, WASSERSTEIN, CHI_SQUARE -> Double.NaN;
    };
  }

  private double formula(BinnedPair pair) {
    return switch (this) {
      case PSI -> Divergences.psi(pair);
      case KL -> Divergences.kl(pair);
      case JS_DIVERGENCE -> Divergences.jensenShannon(pair);
      case JS_DISTANCE -> Math.sqrt(Math.max(0, Divergences.jensenShannon(pair)));
      case HELLINGER -> Divergences.hellinger(pair);
      case TOTAL_VARIATION -> Divergences.totalVariation(pair);
      case L_INFINITY -> Divergences.largestDifference(pair);
      case KS -> OrderedMeasures.kolmogorovSmirnov(pair);
      case WASSERSTEIN -> OrderedMeasures.wasserstein(pair);
      case CHI_SQUARE -> ChiSquareTest.of(pair).map(ChiSquareTest::statistic).orElse(Double.NaN);
      case CRAMERS_V -> Divergences.cramersV(pair);
    };
  }

  /** Rounding can leave a result a hair below 0, where no measure can be. */
  private static double withoutDebris(double score) {
    return score < 0 && score > -1e-12 ? 0 : score;
  }

  private static String labels() {
    return Arrays.stream(values()).map(Measure::label).collect(Collectors.joining(", "));
  }
}
