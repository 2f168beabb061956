package io.modeldrift.statistics;

import java.util.Arrays;

/** The arithmetic of {@link Recipe}: both sides are non-empty. NaN or infinite where undefined. */
final class PeerFormulas {

  /** What deequ subtracts from a difference, in units of {@code √(1/n_b + 1/n_c)}. */
  private static final double DEEQU_ALLOWANCE = 1.8;

  private PeerFormulas() {}

  static double score(Recipe recipe, Measure measure, BinnedPair pair) {
    return switch (measure) {
      case PSI -> psi(baselineShares(recipe, pair), currentShares(recipe, pair));
      case KL -> kl(recipe, baselineShares(recipe, pair), currentShares(recipe, pair));
      case KS, L_INFINITY -> deequ(measure, pair, DEEQU_ALLOWANCE);
      case CRAMERS_V ->
          recipe == Recipe.TEXTBOOK ? textbookCramersV(pair) : BiasCorrectedCramersV.of(pair);
      default -> Double.NaN;
    };
  }

  private static double psi(double[] baseline, double[] current) {
    double sum = 0;
    for (int i = 0; i < baseline.length; i++) {
      sum += (current[i] - baseline[i]) * Math.log(current[i] / baseline[i]);
    }
    return sum;
  }

  private static double kl(Recipe recipe, double[] baseline, double[] current) {
    return recipe == Recipe.EVIDENTLY
        ? relativeEntropy(renormalised(baseline), renormalised(current))
        : relativeEntropy(current, baseline);
  }

  private static double relativeEntropy(double[] of, double[] against) {
    double sum = 0;
    for (int i = 0; i < of.length; i++) {
      sum += of[i] * Math.log(of[i] / against[i]);
    }
    return sum;
  }

  private static double[] renormalised(double[] shares) {
    double total = Arrays.stream(shares).sum();
    return Arrays.stream(shares).map(share -> share / total).toArray();
  }

  /**
   * Returns a largest difference less what noise may add.
   *
   * @param allowance in units of {@code √(1/n_b + 1/n_c)}
   */
  static double deequ(Measure measure, BinnedPair pair, double allowance) {
    boolean ordered = measure == Measure.KS;
    double difference =
        ordered ? OrderedMeasures.kolmogorovSmirnov(pair) : Divergences.largestDifference(pair);
    double noiseUnit = ordered ? pair.valueNoiseUnit() : pair.noiseUnit();
    return Math.max(0, difference - allowance * Math.sqrt(noiseUnit));
  }

  private static double textbookCramersV(BinnedPair pair) {
    double rows = (double) pair.baselineRows() + pair.currentRows();
    return Math.sqrt(ChiSquareTest.unpooledStatistic(pair) / rows);
  }

  private static double[] baselineShares(Recipe recipe, BinnedPair pair) {
    double[] shares = new double[pair.occupiedBins()];
    int next = 0;
    for (int bin = 0; bin < pair.bins(); bin++) {
      if (pair.isOccupied(bin)) {
        shares[next++] = pair.baselineShare(bin);
      }
    }
    return repaired(recipe, shares);
  }

  private static double[] currentShares(Recipe recipe, BinnedPair pair) {
    double[] shares = new double[pair.occupiedBins()];
    int next = 0;
    for (int bin = 0; bin < pair.bins(); bin++) {
      if (pair.isOccupied(bin)) {
        shares[next++] = pair.currentShare(bin);
      }
    }
    return repaired(recipe, shares);
  }

  private static double[] repaired(Recipe recipe, double[] shares) {
    return switch (recipe) {
      case EVIDENTLY -> withZerosReplaced(shares);
      case POPMON -> Arrays.stream(shares).map(share -> share + 1e-5).toArray();
      case SCOUTER -> Arrays.stream(shares).map(share -> share + 1e-10).toArray();
      case DEEPCHECKS -> Arrays.stream(shares).map(share -> Math.max(share, 0.01)).toArray();
      default -> shares;
    };
  }

  private static double[] withZerosReplaced(double[] shares) {
    double smallest = Arrays.stream(shares).filter(share -> share > 0).min().orElse(1);
    double replacement = smallest <= 1e-4 ? smallest / 1e6 : 1e-4;
    return Arrays.stream(shares).map(share -> share == 0 ? replacement : share).toArray();
  }
}
