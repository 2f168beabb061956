package io.modeldrift.statistics;

import io.modeldrift.snapshot.SnapshotException;
import io.modeldrift.snapshot.StateInput;
import io.modeldrift.snapshot.StateOutput;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;

/**
 * Sums from which the errors of numeric predictions follow. Errors are prediction − truth.
 *
 * <p>The truth is summed as its difference from a fixed centre, which keeps the squares small and
 * R² accurate; sums may be added only if their centres are the same. What has a sign is summed
 * above and below zero apart, since only sums that never fall can be exposed as counters. Mutable
 * and not thread-safe; constant memory and time.
 */
public final class RegressionSums {

  /** Where the truth varies less than this part of its squares, R² would be rounding debris. */
  private static final double CONSTANT_TRUTH = 1e-12;

  /** What every row may add to a sum, and a square of sums still be finite. */
  private static final double LARGEST_TERM = 1e250;

  private final double centre;
  private long rows;
  private double overErrors;
  private double underErrors;
  private double squaredErrors;
  private double truthsAbove;
  private double truthsBelow;
  private double squaredTruths;
  private long nonZeroTruths;
  private double relativeErrors;

  /**
   * Makes empty sums.
   *
   * @param centre the baseline's mean truth, or 0
   */
  public RegressionSums(double centre) {
    if (!Double.isFinite(centre)) {
      throw new IllegalArgumentException("centre " + centre + " is not finite");
    }
    this.centre = centre;
  }

  /**
   * Returns sums that were stored. Of truths only the total was: all of it is on its side of the
   * centre.
   *
   * @param sums what {@link #toArray} returned
   * @throws IllegalArgumentException if they are not eight finite numbers
   */
  public static RegressionSums of(double centre, double... sums) {
    if (sums.length != 8 || !Arrays.stream(sums).allMatch(Double::isFinite)) {
      throw new IllegalArgumentException("eight finite sums are expected");
    }
    RegressionSums stored = new RegressionSums(centre);
    stored.rows = (long) sums[0];
    stored.overErrors = (sums[2] + sums[1]) / 2;
    stored.underErrors = (sums[2] - sums[1]) / 2;
    stored.squaredErrors = sums[3];
    stored.truthsAbove = Math.max(0, sums[4]);
    stored.truthsBelow = Math.max(0, -sums[4]);
    stored.squaredTruths = sums[5];
    stored.nonZeroTruths = (long) sums[6];
    stored.relativeErrors = sums[7];
    return stored;
  }

  /**
   * Returns rows, Σ error, Σ |error|, Σ error², Σ (truth − centre), Σ (truth − centre)², truths
   * other than 0 and Σ |error|/|truth| over these.
   */
  public double[] toArray() {
    return new double[] {
      rows,
      errors(),
      absoluteErrors(),
      squaredErrors,
      truths(),
      squaredTruths,
      nonZeroTruths,
      relativeErrors
    };
  }

  /**
   * Adds one row, unless a square or a relative error of it is so large, or no number, that it
   * would void the sums for good.
   *
   * @return whether it was added
   */
  public boolean add(double prediction, double truth) {
    double error = prediction - truth;
    double relative = truth == 0 ? 0 : Math.abs(error) / Math.abs(truth);
    if (!(error * error <= LARGEST_TERM
        && (truth - centre) * (truth - centre) <= LARGEST_TERM
        && relative <= LARGEST_TERM)) {
      return false;
    }
    rows++;
    overErrors += Math.max(0, error);
    underErrors += Math.max(0, -error);
    squaredErrors += error * error;
    truthsAbove += Math.max(0, truth - centre);
    truthsBelow += Math.max(0, centre - truth);
    squaredTruths += (truth - centre) * (truth - centre);
    if (truth != 0) {
      nonZeroTruths++;
      relativeErrors += relative;
    }
    return true;
  }

  /**
   * Adds the sums of other rows.
   *
   * @throws IllegalArgumentException if the centres differ
   */
  public void add(RegressionSums other) {
    if (Double.compare(other.centre, centre) != 0) {
      throw new IllegalArgumentException("centre " + other.centre + " is not " + centre);
    }
    rows += other.rows;
    overErrors += other.overErrors;
    underErrors += other.underErrors;
    squaredErrors += other.squaredErrors;
    truthsAbove += other.truthsAbove;
    truthsBelow += other.truthsBelow;
    squaredTruths += other.squaredTruths;
    nonZeroTruths += other.nonZeroTruths;
    relativeErrors += other.relativeErrors;
  }

  /** Forgets everything but the centre. */
  public void clear() {
    rows = 0;
    overErrors = 0;
    underErrors = 0;
    squaredErrors = 0;
    truthsAbove = 0;
    truthsBelow = 0;
    squaredTruths = 0;
    nonZeroTruths = 0;
    relativeErrors = 0;
  }

  /** Writes everything. */
  public void save(StateOutput out) {
    out.number(rows);
    out.number(nonZeroTruths);
    out.reals(
        new double[] {
          overErrors,
          underErrors,
          squaredErrors,
          truthsAbove,
          truthsBelow,
          squaredTruths,
          relativeErrors
        });
  }

  /**
   * Reads what {@link #save} wrote.
   *
   * @throws SnapshotException if these are no such sums; they are then of no use
   */
  public void restore(StateInput in) throws SnapshotException {
    rows = in.count();
    nonZeroTruths = in.count();
    double[] sums = in.finites(7);
    overErrors = sums[0];
    underErrors = sums[1];
    squaredErrors = sums[2];
    truthsAbove = sums[3];
    truthsBelow = sums[4];
    squaredTruths = sums[5];
    relativeErrors = sums[6];
  }

  public double centre() {
    return centre;
  }

  /** Returns the number of rows. */
  public long rows() {
    return rows;
  }

  /** Returns Σ error over predictions that were too high. */
  public double overErrors() {
    return overErrors;
  }

  /** Returns Σ |error|. */
  public double absoluteErrors() {
    return overErrors + underErrors;
  }

  /** Returns Σ error². */
  public double squaredErrors() {
    return squaredErrors;
  }

  /** Returns Σ (truth − centre) over truths above the centre. */
  public double truthsAbove() {
    return truthsAbove;
  }

  /** Returns Σ (centre − truth) over truths below the centre. */
  public double truthsBelow() {
    return truthsBelow;
  }

  /** Returns Σ (truth − centre)². */
  public double squaredTruths() {
    return squaredTruths;
  }

  /** Returns how many truths are not 0: the rows that MAPE is about. */
  public long nonZeroTruths() {
    return nonZeroTruths;
  }

  /** Returns Σ |error| / |truth| over truths that are not 0. */
  public double relativeErrors() {
    return relativeErrors;
  }

  /** Returns the mean absolute error; absent without rows. */
  public Estimate meanAbsoluteError() {
    return Estimate.ofMean(rows, absoluteErrors(), squaredErrors);
  }

  /** Returns every number of a regression by its metric. */
  public Map<PerformanceMetric, Estimate> metrics() {
    double meanSquare = squaredErrors / rows;
    Map<PerformanceMetric, Estimate> metrics = new EnumMap<>(PerformanceMetric.class);
    metrics.put(PerformanceMetric.BIAS, Estimate.ofMean(rows, errors(), squaredErrors));
    metrics.put(PerformanceMetric.MAE, meanAbsoluteError());
    metrics.put(PerformanceMetric.MSE, Estimate.ofValue(meanSquare));
    metrics.put(PerformanceMetric.RMSE, Estimate.ofValue(Math.sqrt(meanSquare)));
    metrics.put(PerformanceMetric.MAPE, Estimate.ofValue(relativeErrors / nonZeroTruths));
    metrics.put(PerformanceMetric.R2, Estimate.ofValue(explained()));
    return metrics;
  }

  private double errors() {
    return overErrors - underErrors;
  }

  private double truths() {
    return truthsAbove - truthsBelow;
  }

  private double explained() {
    double variation = squaredTruths - truths() * truths() / rows;
    return rows < 2 || variation <= CONSTANT_TRUTH * squaredTruths
        ? Double.NaN
        : 1 - squaredErrors / variation;
  }
}
