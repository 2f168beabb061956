package io.modeldrift.truth;

import io.modeldrift.inference.ModelKey;
import io.modeldrift.snapshot.SnapshotException;
import io.modeldrift.snapshot.StateInput;
import io.modeldrift.snapshot.StateOutput;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** The books by model version; they outlive a store that fails. Not thread-safe. */
final class JoinBooks {

  private final Map<ModelKey, JoinCounts.Counter> counters = new TreeMap<>();

  JoinCounts.Counter of(ModelKey model) {
    return counters.computeIfAbsent(model, key -> new JoinCounts.Counter());
  }

  /** Counts a prediction that has ended at once. */
  void ended(ModelKey model, PredictionOutcome outcome) {
    JoinCounts.Counter counter = of(model);
    counter.predictionReceived();
    counter.predictionEnded(outcome);
  }

  /** Counts an outcome that was not even looked up, or has ended at once. */
  TruthOutcome ended(ModelKey model, TruthOutcome outcome) {
    JoinCounts.Counter counter = of(model);
    counter.truthReceived();
    counter.truthEnded(outcome);
    return outcome;
  }

  /** Returns how many outcomes were received. */
  long truths() {
    return counters.values().stream().mapToLong(JoinCounts.Counter::truths).sum();
  }

  /** Returns how many predictions were received. */
  long predictions() {
    return counters.values().stream().mapToLong(JoinCounts.Counter::predictions).sum();
  }

  /** Returns the model versions in the books. */
  Set<ModelKey> models() {
    return counters.keySet();
  }

  Map<ModelKey, JoinCounts> counts() {
    Map<ModelKey, JoinCounts> counts = new TreeMap<>();
    counters.forEach((model, counter) -> counts.put(model, counter.snapshot()));
    return counts;
  }

  /** Ends all that has not ended: the store where it waits has failed. */
  void lose() {
    counters.values().forEach(JoinCounts.Counter::lose);
  }

  /** Forgets everything. */
  void clear() {
    counters.clear();
  }

  /** Writes the books on a model version, as far as they are closed. */
  void save(ModelKey model, StateOutput out) {
    of(model).save(out);
  }

  /** Goes on with the books of an earlier process. */
  void restore(ModelKey model, StateInput in, boolean continuous) throws SnapshotException {
    of(model).restore(in, continuous);
  }
}
