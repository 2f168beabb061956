package io.modeldrift.truth;

import io.modeldrift.snapshot.SnapshotException;
import io.modeldrift.snapshot.StateInput;
import io.modeldrift.snapshot.StateOutput;
import io.modeldrift.statistics.ExpectedCounts;

/**
 * Predictions of two classes by score, with the outcomes that the calibrated score lets expect,
 * whether or not their outcome is known. Mutable and not thread-safe.
 */
public final class ExpectedTally implements Accumulator<ExpectedTally> {

  private final ExpectedCounts counts;
  private long unusable;
  private long outside;

  ExpectedTally(int bins) {
    this.counts = new ExpectedCounts(bins);
  }

  void add(int bin, double probability, boolean selected, boolean covered) {
    counts.add(bin, probability, selected);
    outside += covered ? 0 : 1;
  }

  void addUnusable() {
    unusable++;
  }

  @Override
  public void add(ExpectedTally other) {
    counts.add(other.counts);
    unusable += other.unusable;
    outside += other.outside;
  }

  @Override
  public void clear() {
    counts.clear();
    unusable = 0;
    outside = 0;
  }

  @Override
  public void save(StateOutput out) {
    counts.save(out);
    out.number(unusable);
    out.number(outside);
  }

  @Override
  public void restore(StateInput in) throws SnapshotException {
    counts.restore(in);
    unusable = in.count();
    outside = in.count();
  }

  /** Returns the predictions whose score can be used. */
  public ExpectedCounts counts() {
    return counts;
  }

  /** Returns the number of predictions without a usable score. */
  public long unusable() {
    return unusable;
  }

  /** Returns the number of predictions whose score lies beyond those of the baseline. */
  public long outside() {
    return outside;
  }

  /** Returns the number of predictions. */
  public long rows() {
    return counts.rows() + unusable;
  }

  /** Returns the share of scores that are missing, invalid, or beyond those of the baseline. */
  public double outsideShare() {
    return (double) (unusable + outside) / rows();
  }
}
