package io.modeldrift.statistics;

import io.modeldrift.snapshot.SnapshotException;
import io.modeldrift.snapshot.StateInput;
import io.modeldrift.snapshot.StateOutput;
import java.util.Arrays;
import java.util.stream.LongStream;

/**
 * Positives, negatives and sums of scores per score bin.
 *
 * <p>Mutable and not thread-safe. 24 bytes a bin; adding a row is constant time.
 */
public final class ScoreCounts {

  private final long[] positives;
  private final long[] negatives;
  private final double[] scores;

  /** Makes empty counts over this many bins, from low to high score. */
  public ScoreCounts(int bins) {
    positives = new long[bins];
    negatives = new long[bins];
    scores = new double[bins];
  }

  /** Counts one row. */
  public void add(int bin, double score, boolean positive) {
    (positive ? positives : negatives)[bin]++;
    scores[bin] += score;
  }

  /** Counts rows of one bin with this sum of scores. */
  public void add(int bin, long positive, long negative, double sum) {
    positives[bin] += positive;
    negatives[bin] += negative;
    scores[bin] += sum;
  }

  /**
   * Adds counts over the same bins.
   *
   * @throws IllegalArgumentException if the number of bins differs
   */
  public void add(ScoreCounts other) {
    if (other.bins() != bins()) {
      throw new IllegalArgumentException(other.bins() + " bins added to " + bins());
    }
    for (int bin = 0; bin < scores.length; bin++) {
      positives[bin] += other.positives[bin];
      negatives[bin] += other.negatives[bin];
      scores[bin] += other.scores[bin];
    }
  }

  /** Forgets everything. */
  public void clear() {
    Arrays.fill(positives, 0);
    Arrays.fill(negatives, 0);
    Arrays.fill(scores, 0);
  }

  /** Writes everything. */
  public void save(StateOutput out) {
    out.numbers(positives);
    out.numbers(negatives);
    out.reals(scores);
  }

  /**
   * Reads what {@link #save} wrote.
   *
   * @throws SnapshotException if these are no such counts; they are then of no use
   */
  public void restore(StateInput in) throws SnapshotException {
    System.arraycopy(in.counts(bins()), 0, positives, 0, bins());
    System.arraycopy(in.counts(bins()), 0, negatives, 0, bins());
    System.arraycopy(in.finites(bins()), 0, scores, 0, bins());
  }

  public int bins() {
    return scores.length;
  }

  public long positives(int bin) {
    return positives[bin];
  }

  public long negatives(int bin) {
    return negatives[bin];
  }

  /** Returns the sum of the scores in a bin. */
  public double scores(int bin) {
    return scores[bin];
  }

  /** Returns the number of rows in a bin. */
  public long rows(int bin) {
    return positives[bin] + negatives[bin];
  }

  /** Returns how well the score puts positives above negatives. */
  public Ranking ranking() {
    return Ranking.of(asDoubles(positives), asDoubles(negatives));
  }

  /**
   * Returns how far the scores are from being probabilities.
   *
   * @param groups which neighbouring bins belong together, over the same bins
   */
  public Calibration calibration(ScoreGroups groups) {
    return Calibration.of(groups.joined(this));
  }

  private static double[] asDoubles(long[] counts) {
    return LongStream.of(counts).asDoubleStream().toArray();
  }
}
