package io.modeldrift.statistics;

/**
 * How well a score puts positives above negatives, from counts over score bins.
 *
 * <p>Scores in one bin count as ties, so the numbers are exact when every distinct score has its
 * own bin. Sources: Hanley and McNeil (1982), DeLong et al. (1988); average precision without
 * interpolation as in scikit-learn.
 *
 * @param rocAuc probability that a positive scores above a negative, ties half; absent without
 *     both; its error is absent with fewer than two of either
 * @param averagePrecision area under the precision-recall steps; absent without both
 */
public record Ranking(Estimate rocAuc, Estimate averagePrecision) {

  /**
   * Returns both numbers. Counts may be expected ones. Linear in the number of bins.
   *
   * @param positives per bin, from low to high score
   * @param negatives per bin
   * @throws IllegalArgumentException if the arrays differ in length
   */
  public static Ranking of(double[] positives, double[] negatives) {
    if (positives.length != negatives.length) {
      throw new IllegalArgumentException(
          positives.length + " bins of positives, " + negatives.length + " of negatives");
    }
    double allPositives = sum(positives);
    double allNegatives = sum(negatives);
    if (allPositives == 0 || allNegatives == 0) {
      return new Ranking(Estimate.ofValue(Double.NaN), Estimate.ofValue(Double.NaN));
    }
    double auc = auc(positives, negatives, allPositives, allNegatives);
    double error = standardError(positives, negatives, allPositives, allNegatives, auc);
    double precision = averagePrecision(positives, negatives, allPositives);
    return new Ranking(Estimate.of(auc, error), Estimate.ofValue(precision));
  }

  private static double auc(
      double[] positives, double[] negatives, double allPositives, double allNegatives) {
    double below = 0;
    double sum = 0;
    for (int i = 0; i < positives.length; i++) {
      sum += positives[i] * (below + negatives[i] / 2);
      below += negatives[i];
    }
    return sum / (allPositives * allNegatives);
  }

  private static double standardError(
      double[] positives,
      double[] negatives,
      double allPositives,
      double allNegatives,
      double auc) {
    if (allPositives < 2 || allNegatives < 2) {
      return Double.NaN;
    }
    double negativesBelow = 0;
    double positivesAbove = allPositives;
    double ofPositives = 0;
    double ofNegatives = 0;
    for (int i = 0; i < positives.length; i++) {
      positivesAbove -= positives[i];
      double won = (negativesBelow + negatives[i] / 2) / allNegatives - auc;
      double lost = (positivesAbove + positives[i] / 2) / allPositives - auc;
      ofPositives += positives[i] * won * won;
      ofNegatives += negatives[i] * lost * lost;
      negativesBelow += negatives[i];
    }
    return Math.sqrt(
        ofPositives / ((allPositives - 1) * allPositives)
            + ofNegatives / ((allNegatives - 1) * allNegatives));
  }

  private static double averagePrecision(
      double[] positives, double[] negatives, double allPositives) {
    double hits = 0;
    double selected = 0;
    double sum = 0;
    for (int i = positives.length - 1; i >= 0; i--) {
      if (positives[i] + negatives[i] > 0) {
        hits += positives[i];
        selected += positives[i] + negatives[i];
        sum += positives[i] / allPositives * (hits / selected);
      }
    }
    return sum;
  }

  private static double sum(double[] values) {
    double sum = 0;
    for (double value : values) {
      sum += value;
    }
    return sum;
  }
}
