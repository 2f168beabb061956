package io.modeldrift.statistics;

/** What the mix of segments alone does to a model's accuracy or mean error. Source: whylogs. */
public final class SegmentMix {

  /** Segments with a baseline figure must hold at least this share of the rows. */
  private static final double FEWEST_COVERED = 0.9;

  private SegmentMix() {}

  /**
   * Returns the mean of the baseline's figures, weighted by the current rows of each segment.
   *
   * @param baseline figure of each segment; NaN where the baseline has none
   * @param rows current rows of each segment
   * @return absent if segments without a figure hold more than a tenth of the rows
   */
  public static Result reweighted(double[] baseline, long[] rows) {
    double all = 0;
    double covered = 0;
    double sum = 0;
    for (int segment = 0; segment < rows.length; segment++) {
      all += rows[segment];
      if (!Double.isNaN(baseline[segment])) {
        covered += rows[segment];
        sum += rows[segment] * baseline[segment];
      }
    }
    if (all == 0) {
      return Result.absent(Result.Reason.NO_ROWS);
    }
    return covered < FEWEST_COVERED * all
        ? Result.absent(Result.Reason.NO_BASELINE)
        : Result.ofFinite(sum / covered);
  }
}
