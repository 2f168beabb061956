package io.modeldrift.statistics;

import java.util.Arrays;

/**
 * Turns a model's score into the probability that the baseline's ground truth shows for it.
 *
 * <p>A score that is a probability already is used as it is. Otherwise isotonic regression by
 * pool-adjacent-violators gives every score bin a probability that never falls as the score rises
 * (Ayer et al. 1955). Immutable.
 */
public final class CalibrationTable {

  /** An expected calibration error up to this multiple of its noise floor is no error. */
  private static final double TOLERATED_ERROR = 1.5;

  private static final CalibrationTable IDENTITY = new CalibrationTable(new double[0]);

  private final double[] probabilities;

  private CalibrationTable(double[] probabilities) {
    this.probabilities = probabilities;
  }

  /** Returns the table of scores that are declared to be probabilities. */
  public static CalibrationTable identity() {
    return IDENTITY;
  }

  /**
   * Returns the table that a baseline's rows with ground truth show.
   *
   * @param baseline at least one row
   * @param groups over which calibration is judged
   */
  public static CalibrationTable of(ScoreCounts baseline, ScoreGroups groups) {
    Calibration calibration = baseline.calibration(groups);
    double error = calibration.error().asOptional().orElse(Double.POSITIVE_INFINITY);
    double floor = calibration.noiseFloor().asOptional().orElse(0);
    return error <= TOLERATED_ERROR * floor ? IDENTITY : isotonic(baseline);
  }

  private static CalibrationTable isotonic(ScoreCounts baseline) {
    long[] rows = new long[baseline.bins()];
    long[] positives = new long[baseline.bins()];
    for (int bin = 0; bin < rows.length; bin++) {
      rows[bin] = baseline.rows(bin);
      positives[bin] = baseline.positives(bin);
    }
    return new CalibrationTable(isotonic(rows, positives));
  }

  static double[] isotonic(long[] rows, long[] positives) {
    double[] values = new double[rows.length];
    Arrays.fill(values, Double.NaN);
    // Blocks of bins that share a mean, as their first bin, positives and rows.
    int[] first = new int[rows.length];
    long[] blockPositives = new long[rows.length];
    long[] blockRows = new long[rows.length];
    int blocks = 0;
    for (int bin = 0; bin < rows.length; bin++) {
      if (rows[bin] == 0) {
        continue;
      }
      first[blocks] = bin;
      blockPositives[blocks] = positives[bin];
      blockRows[blocks] = rows[bin];
      blocks++;
      while (blocks > 1 && falls(blockPositives, blockRows, blocks)) {
        blocks--;
        blockPositives[blocks - 1] += blockPositives[blocks];
        blockRows[blocks - 1] += blockRows[blocks];
      }
    }
    for (int block = 0; block < blocks; block++) {
      int end = block + 1 < blocks ? first[block + 1] : rows.length;
      for (int bin = first[block]; bin < end; bin++) {
        if (rows[bin] > 0) {
          values[bin] = (double) blockPositives[block] / blockRows[block];
        }
      }
    }
    fillEmpty(values);
    return values;
  }

  private static boolean falls(long[] positives, long[] rows, int blocks) {
    int last = blocks - 1;
    return (double) positives[last - 1] / rows[last - 1] >= (double) positives[last] / rows[last];
  }

  /** Empty bins lie on the line between their neighbours, and beyond the ends on the nearest. */
  private static void fillEmpty(double[] values) {
    int known = -1;
    for (int bin = 0; bin < values.length; bin++) {
      if (Double.isNaN(values[bin])) {
        continue;
      }
      for (int empty = known + 1; empty < bin; empty++) {
        values[empty] =
            known < 0
                ? values[bin]
                : values[known] + (values[bin] - values[known]) * (empty - known) / (bin - known);
      }
      known = bin;
    }
    if (known >= 0) {
      Arrays.fill(values, known + 1, values.length, values[known]);
    }
  }

  /** Returns whether scores are used as they are. */
  public boolean isIdentity() {
    return probabilities.length == 0;
  }

  /**
   * Returns the probability that a row is positive.
   *
   * @param bin of the score
   * @param score in [0, 1] if the table is the identity
   */
  public double probability(int bin, double score) {
    return isIdentity() ? score : probabilities[bin];
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof CalibrationTable that
        && Arrays.equals(probabilities, that.probabilities);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(probabilities);
  }
}
