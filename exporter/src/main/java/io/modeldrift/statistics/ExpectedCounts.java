package io.modeldrift.statistics;

import io.modeldrift.snapshot.SnapshotException;
import io.modeldrift.snapshot.StateInput;
import io.modeldrift.snapshot.StateOutput;
import java.util.Arrays;

/**
 * What the performance of a binary classifier should be, from its calibrated scores alone: every
 * prediction carries its own expected outcome (CBPE, NannyML).
 *
 * <p>Cells are the score bins, kept apart by the model's decision. It cannot see that the relation
 * between score and outcome has changed. Mutable and not thread-safe; 32 bytes a bin.
 */
public final class ExpectedCounts {

  /** An estimate's band is this many standard errors to either side. */
  public static final double BAND = 3;

  private final long[] selectedRows;
  private final long[] otherRows;
  private final double[] selectedPositives;
  private final double[] otherPositives;

  /** Makes empty counts over this many score bins, from low to high. */
  public ExpectedCounts(int bins) {
    selectedRows = new long[bins];
    otherRows = new long[bins];
    selectedPositives = new double[bins];
    otherPositives = new double[bins];
  }

  /**
   * Counts a prediction.
   *
   * @param bin of its raw score
   * @param probability calibrated, of the positive class
   * @param selected whether the model decided for the positive class
   */
  public void add(int bin, double probability, boolean selected) {
    add(bin, 1, probability, selected);
  }

  /** Counts predictions in the same cell with this sum of calibrated probabilities. */
  public void add(int bin, long rows, double probabilities, boolean selected) {
    (selected ? selectedRows : otherRows)[bin] += rows;
    (selected ? selectedPositives : otherPositives)[bin] += probabilities;
  }

  /**
   * Adds counts over the same bins.
   *
   * @throws IllegalArgumentException if the number of bins differs
   */
  public void add(ExpectedCounts other) {
    if (other.bins() != bins()) {
      throw new IllegalArgumentException(other.bins() + " bins added to " + bins());
    }
    for (int bin = 0; bin < selectedRows.length; bin++) {
      selectedRows[bin] += other.selectedRows[bin];
      otherRows[bin] += other.otherRows[bin];
      selectedPositives[bin] += other.selectedPositives[bin];
      otherPositives[bin] += other.otherPositives[bin];
    }
  }

  /** Forgets everything. */
  public void clear() {
    Arrays.fill(selectedRows, 0);
    Arrays.fill(otherRows, 0);
    Arrays.fill(selectedPositives, 0);
    Arrays.fill(otherPositives, 0);
  }

  /** Writes everything. */
  public void save(StateOutput out) {
    out.numbers(selectedRows);
    out.numbers(otherRows);
    out.reals(selectedPositives);
    out.reals(otherPositives);
  }

  /**
   * Reads what {@link #save} wrote.
   *
   * @throws SnapshotException if these are no such counts; they are then of no use
   */
  public void restore(StateInput in) throws SnapshotException {
    System.arraycopy(in.counts(bins()), 0, selectedRows, 0, bins());
    System.arraycopy(in.counts(bins()), 0, otherRows, 0, bins());
    restore(in, selectedPositives, selectedRows);
    restore(in, otherPositives, otherRows);
  }

  private static void restore(StateInput in, double[] positives, long[] rows)
      throws SnapshotException {
    double[] saved = in.finites(positives.length);
    for (int bin = 0; bin < positives.length; bin++) {
      if (saved[bin] < 0 || saved[bin] > rows[bin]) {
        throw new SnapshotException(saved[bin] + " positives among " + rows[bin]);
      }
      positives[bin] = saved[bin];
    }
  }

  public int bins() {
    return selectedRows.length;
  }

  /** Returns the number of predictions in a cell. */
  public long rows(int bin, boolean selected) {
    return (selected ? selectedRows : otherRows)[bin];
  }

  /** Returns the sum of calibrated probabilities in a cell. */
  public double positives(int bin, boolean selected) {
    return (selected ? selectedPositives : otherPositives)[bin];
  }

  /** Returns the number of predictions. */
  public long rows() {
    return Arrays.stream(selectedRows).sum() + Arrays.stream(otherRows).sum();
  }

  /** Returns expected counts: its numbers are estimates, their errors to be taken {@link #BAND}. */
  public BinaryConfusion confusion() {
    double hits = Arrays.stream(selectedPositives).sum();
    double misses = Arrays.stream(otherPositives).sum();
    return new BinaryConfusion(
        hits,
        Math.max(0, Arrays.stream(selectedRows).sum() - hits),
        misses,
        Math.max(0, Arrays.stream(otherRows).sum() - misses));
  }

  /** Returns the expected ranking: order by raw score, mass by calibrated probability. */
  public Ranking ranking() {
    double[] positives = new double[bins()];
    double[] negatives = new double[bins()];
    for (int bin = 0; bin < positives.length; bin++) {
      positives[bin] = selectedPositives[bin] + otherPositives[bin];
      negatives[bin] = Math.max(0, selectedRows[bin] + otherRows[bin] - positives[bin]);
    }
    return Ranking.of(positives, negatives);
  }
}
