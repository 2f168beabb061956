package io.modeldrift.baseline;

import io.modeldrift.distribution.NumericLayout;
import io.modeldrift.inference.Role;
import io.modeldrift.statistics.OutlierPenalties;
import java.util.List;
import java.util.Optional;

/**
 * Histogram-based outlier score of a row: the sum, over all inputs, of how rare the bin of its
 * value is in the baseline.
 *
 * <p>At least 0; 0 if every value lies in the fullest bin of its column. Its own drift shows
 * changed combinations and tails that no single column shows clearly. A column without intervals is
 * left out. Source: Goldstein and Dengel (2012).
 */
public final class OutlierScore implements DerivedColumn {

  /** Name of the derived column. */
  public static final String NAME = "outlier_score";

  /** Share of the baseline's rows that count as outliers, at most. */
  private static final double OUTLIER_SHARE = 0.01;

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public RowScore scoreWith(List<BaselineColumn> inputs) {
    double[][] penalties = inputs.stream().map(OutlierScore::penalties).toArray(double[][]::new);
    return bins -> {
      double score = 0;
      for (int i = 0; i < bins.length; i++) {
        score += penalties[i][bins[i]];
      }
      return score;
    };
  }

  /** Returns what each bin of an input column adds to the score of a row. */
  public static double[] penalties(BaselineColumn column) {
    long[] counts = column.counts().toArray();
    if (column.layout() instanceof NumericLayout numeric) {
      return numeric.intervals() == 0
          ? new double[counts.length]
          : OutlierPenalties.numeric(numeric.lowerEdges(), numeric.max(), counts);
    }
    return OutlierPenalties.categorical(counts);
  }

  /** Returns the outlier score among the columns of a baseline, if it has one. */
  public static Optional<BaselineColumn> in(Baseline baseline) {
    return baseline.columns().stream()
        .filter(column -> column.role() == Role.DERIVED && column.name().equals(NAME))
        .findFirst();
  }

  /**
   * Returns the first bin of the score whose rows are outliers: at most one in a hundred rows of
   * the baseline, rounded up, lies in it or above. The interval above the 99th percentile of the
   * usual bins holds just as many.
   *
   * @param score the derived column of a baseline
   */
  public static int firstOutlierBin(BaselineColumn score) {
    double allowed = Math.ceil(OUTLIER_SHARE * score.counts().total());
    int bin = score.layout().valueBins();
    long above = 0;
    while (bin > 0 && above + score.counts().count(bin - 1) <= allowed) {
      above += score.counts().count(--bin);
    }
    return bin;
  }
}
