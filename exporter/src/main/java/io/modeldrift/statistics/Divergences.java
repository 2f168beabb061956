package io.modeldrift.statistics;

/**
 * Measures that compare shares bin by bin and ignore the order of bins.
 *
 * <p>Both sides are non-empty. Results may be a rounding error below 0; {@link Measure} repairs
 * that.
 */
final class Divergences {

  private static final double LN_2 = Math.log(2);

  private Divergences() {}

  /** Symmetrised relative entropy after half counts: Lewis (1994), Jeffreys (1946). */
  static double psi(BinnedPair pair) {
    double sum = 0;
    for (int bin = 0; bin < pair.bins(); bin++) {
      sum += psiTerm(pair, bin);
    }
    return sum;
  }

  /** One bin's part of the PSI, never negative; 0 for a bin empty on both sides. */
  static double psiTerm(BinnedPair pair, int bin) {
    if (!pair.isOccupied(bin)) {
      return 0;
    }
    double p = pair.smoothedBaselineShare(bin);
    double q = pair.smoothedCurrentShare(bin);
    return (q - p) * Math.log(q / p);
  }

  /** Relative entropy of the current shares against the baseline's, after half counts, in nats. */
  static double kl(BinnedPair pair) {
    double sum = 0;
    for (int bin = 0; bin < pair.bins(); bin++) {
      if (pair.isOccupied(bin)) {
        double q = pair.smoothedCurrentShare(bin);
        sum += q * Math.log(q / pair.smoothedBaselineShare(bin));
      }
    }
    return sum;
  }

  /** Jensen–Shannon divergence in bits: Lin (1991). */
  static double jensenShannon(BinnedPair pair) {
    double nats = 0;
    for (int bin = 0; bin < pair.bins(); bin++) {
      double p = pair.baselineShare(bin);
      double q = pair.currentShare(bin);
      double middle = (p + q) / 2;
      nats += entropyTerm(p, middle) + entropyTerm(q, middle);
    }
    return nats / (2 * LN_2);
  }

  static double hellinger(BinnedPair pair) {
    double sum = 0;
    for (int bin = 0; bin < pair.bins(); bin++) {
      double gap = Math.sqrt(pair.baselineShare(bin)) - Math.sqrt(pair.currentShare(bin));
      sum += gap * gap;
    }
    return Math.sqrt(sum / 2);
  }

  static double totalVariation(BinnedPair pair) {
    double sum = 0;
    for (int bin = 0; bin < pair.bins(); bin++) {
      sum += Math.abs(pair.baselineShare(bin) - pair.currentShare(bin));
    }
    return sum / 2;
  }

  static double largestDifference(BinnedPair pair) {
    double largest = 0;
    for (int bin = 0; bin < pair.bins(); bin++) {
      largest = Math.max(largest, Math.abs(pair.baselineShare(bin) - pair.currentShare(bin)));
    }
    return largest;
  }

  /** Cramér's V of a 2 × K table whose rows were given equal weight. */
  static double cramersV(BinnedPair pair) {
    double sum = 0;
    for (int bin = 0; bin < pair.bins(); bin++) {
      if (pair.isOccupied(bin)) {
        double p = pair.baselineShare(bin);
        double q = pair.currentShare(bin);
        sum += (p - q) * (p - q) / (p + q);
      }
    }
    return Math.sqrt(sum / 2);
  }

  private static double entropyTerm(double share, double middle) {
    return share == 0 ? 0 : share * Math.log(share / middle);
  }
}
