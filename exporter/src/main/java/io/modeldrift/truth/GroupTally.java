package io.modeldrift.truth;

import io.modeldrift.snapshot.SnapshotException;
import io.modeldrift.snapshot.StateInput;
import io.modeldrift.snapshot.StateOutput;
import io.modeldrift.statistics.ConfusionMatrix;
import io.modeldrift.statistics.GroupCounts;
import java.util.Arrays;
import java.util.Set;

/**
 * What is counted about one group of people or things: predictions by class, and those whose
 * outcome is known by class and outcome. Mutable and not thread-safe.
 */
public final class GroupTally implements Accumulator<GroupTally> {

  private final long[] predictions;
  private final ConfusionMatrix outcomes;

  GroupTally(int classes) {
    this.predictions = new long[classes];
    this.outcomes = new ConfusionMatrix(classes);
  }

  void addPrediction(int predicted) {
    predictions[predicted]++;
  }

  void addOutcome(int truth, int predicted) {
    outcomes.add(truth, predicted);
  }

  @Override
  public void add(GroupTally other) {
    for (int i = 0; i < predictions.length; i++) {
      predictions[i] += other.predictions[i];
    }
    outcomes.add(other.outcomes);
  }

  @Override
  public void clear() {
    Arrays.fill(predictions, 0);
    outcomes.clear();
  }

  @Override
  public void save(StateOutput out) {
    out.numbers(predictions);
    outcomes.save(out);
  }

  @Override
  public void restore(StateInput in) throws SnapshotException {
    System.arraycopy(in.counts(predictions.length), 0, predictions, 0, predictions.length);
    outcomes.restore(in);
  }

  /** Returns how often a class was predicted. */
  public long predictions(int predicted) {
    return predictions[predicted];
  }

  /** Returns how often one of these classes was predicted, and right, against all others. */
  public GroupCounts against(Set<Integer> favourable) {
    long selected = favourable.stream().mapToLong(label -> predictions[label]).sum();
    return new GroupCounts(rows(), selected, outcomes.against(favourable));
  }

  /** Returns the predictions whose outcome is known. */
  public ConfusionMatrix outcomes() {
    return outcomes;
  }

  /** Returns the number of predictions. */
  public long rows() {
    long rows = 0;
    for (long count : predictions) {
      rows += count;
    }
    return rows;
  }
}
