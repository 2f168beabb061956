package io.modeldrift.statistics;

import io.modeldrift.snapshot.SnapshotException;
import io.modeldrift.snapshot.StateInput;
import io.modeldrift.snapshot.StateOutput;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;

/**
 * Running sums of log loss and Brier score. Exact, not from bins.
 *
 * <p>Probabilities are clipped to [1e-15, 1 − 1e-15] for the logarithm. Mutable and not
 * thread-safe. Source: Brier (1950).
 */
public final class ProbabilityLoss {

  private static final double SMALLEST_PROBABILITY = 1e-15;

  private long rows;
  private double logLosses;
  private double squaredLogLosses;
  private long brierRows;
  private double squares;
  private double fourthPowers;

  /**
   * Returns sums that were stored.
   *
   * @param sums what {@link #toArray} returned
   * @throws IllegalArgumentException if they are not six finite numbers
   */
  public static ProbabilityLoss of(double... sums) {
    if (sums.length != 6 || !Arrays.stream(sums).allMatch(Double::isFinite)) {
      throw new IllegalArgumentException("six finite sums are expected");
    }
    ProbabilityLoss stored = new ProbabilityLoss();
    stored.rows = (long) sums[0];
    stored.logLosses = sums[1];
    stored.squaredLogLosses = sums[2];
    stored.brierRows = (long) sums[3];
    stored.squares = sums[4];
    stored.fourthPowers = sums[5];
    return stored;
  }

  /** Returns rows, Σ loss, Σ loss², and of two classes rows, Σ square and Σ its squares. */
  public double[] toArray() {
    return new double[] {rows, logLosses, squaredLogLosses, brierRows, squares, fourthPowers};
  }

  /** Returns whether a number can be scored: whether it is in [0, 1]. */
  public static boolean isProbability(double score) {
    return score >= 0 && score <= 1;
  }

  /**
   * Adds one row of two classes.
   *
   * @param score probability of the positive class, in [0, 1]
   * @throws IllegalArgumentException if it is not
   */
  public void add(double score, boolean positive) {
    addProbabilityOfTruth(positive ? score : 1 - score);
    double square = positive ? (1 - score) * (1 - score) : score * score;
    brierRows++;
    squares += square;
    fourthPowers += square * square;
  }

  /**
   * Adds one row of more than two classes to the log loss; the Brier score is of two classes only.
   *
   * @param probability given to the class that is the truth, in [0, 1]
   * @throws IllegalArgumentException if it is not
   */
  public void addProbabilityOfTruth(double probability) {
    if (!isProbability(probability)) {
      throw new IllegalArgumentException("probability is not in [0, 1]");
    }
    double loss =
        -Math.log(Math.min(1 - SMALLEST_PROBABILITY, Math.max(SMALLEST_PROBABILITY, probability)));
    rows++;
    logLosses += loss;
    squaredLogLosses += loss * loss;
  }

  /** Adds the sums of other rows. */
  public void add(ProbabilityLoss other) {
    rows += other.rows;
    logLosses += other.logLosses;
    squaredLogLosses += other.squaredLogLosses;
    brierRows += other.brierRows;
    squares += other.squares;
    fourthPowers += other.fourthPowers;
  }

  /** Forgets everything. */
  public void clear() {
    rows = 0;
    logLosses = 0;
    squaredLogLosses = 0;
    brierRows = 0;
    squares = 0;
    fourthPowers = 0;
  }

  /** Writes everything. */
  public void save(StateOutput out) {
    out.number(rows);
    out.number(brierRows);
    out.reals(new double[] {logLosses, squaredLogLosses, squares, fourthPowers});
  }

  /**
   * Reads what {@link #save} wrote.
   *
   * @throws SnapshotException if these are no such sums; they are then of no use
   */
  public void restore(StateInput in) throws SnapshotException {
    rows = in.count();
    brierRows = in.count();
    double[] sums = in.finites(4);
    logLosses = sums[0];
    squaredLogLosses = sums[1];
    squares = sums[2];
    fourthPowers = sums[3];
  }

  /** Returns the number of rows. */
  public long rows() {
    return rows;
  }

  /** Returns Σ −ln(probability of the truth). */
  public double logLosses() {
    return logLosses;
  }

  /** Returns Σ (score − truth)². */
  public double squares() {
    return squares;
  }

  /** Returns mean log loss in nats; absent without rows. */
  public Estimate logLoss() {
    return Estimate.ofMean(rows, logLosses, squaredLogLosses);
  }

  /** Returns the Brier score; absent without rows of two classes. */
  public Estimate brier() {
    return Estimate.ofMean(brierRows, squares, fourthPowers);
  }

  /** Returns both numbers by their metric. */
  public Map<PerformanceMetric, Estimate> metrics() {
    Map<PerformanceMetric, Estimate> metrics = new EnumMap<>(PerformanceMetric.class);
    metrics.put(PerformanceMetric.LOG_LOSS, logLoss());
    metrics.put(PerformanceMetric.BRIER, brier());
    return metrics;
  }
}
