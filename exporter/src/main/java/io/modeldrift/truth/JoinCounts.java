package io.modeldrift.truth;

import io.modeldrift.snapshot.SnapshotException;
import io.modeldrift.snapshot.StateInput;
import io.modeldrift.snapshot.StateOutput;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;

/**
 * The books on one model version: every outcome and every prediction with an id ends once.
 *
 * <p>{@code truths received = Σ outcomes + waiting truths} and {@code predictions received = Σ
 * outcomes + waiting predictions}, over all versions of all models. What a restart finds in the
 * store counts as received.
 *
 * @param truths received so far
 * @param truthOutcomes how they ended, zeros included
 * @param waitingTruths outcomes that wait for their prediction
 * @param predictions with an id, received so far
 * @param predictionOutcomes how they ended, zeros included
 * @param waitingPredictions predictions that wait for their outcome
 */
public record JoinCounts(
    long truths,
    Map<TruthOutcome, Long> truthOutcomes,
    long waitingTruths,
    long predictions,
    Map<PredictionOutcome, Long> predictionOutcomes,
    long waitingPredictions) {

  /** Copies the maps. */
  public JoinCounts {
    truthOutcomes = Map.copyOf(truthOutcomes);
    predictionOutcomes = Map.copyOf(predictionOutcomes);
  }

  /** Returns how many outcomes ended so. */
  public long count(TruthOutcome outcome) {
    return truthOutcomes.getOrDefault(outcome, 0L);
  }

  /** Returns how many predictions ended so. */
  public long count(PredictionOutcome outcome) {
    return predictionOutcomes.getOrDefault(outcome, 0L);
  }

  /** Returns the share of predictions with an outcome among those that wait no longer; or NaN. */
  public double coverage() {
    long matched = count(PredictionOutcome.MATCHED);
    long expired = 0;
    for (PredictionOutcome outcome : PredictionOutcome.values()) {
      expired += outcome.isExpired() ? count(outcome) : 0;
    }
    return (double) matched / (matched + expired);
  }

  /** Counts; not thread-safe. */
  static final class Counter {

    private final long[] truthEnds = new long[TruthOutcome.values().length];
    private final long[] predictionEnds = new long[PredictionOutcome.values().length];
    private long truths;
    private long predictions;
    private long waitingTruths;
    private long waitingPredictions;

    long truths() {
      return truths;
    }

    long predictions() {
      return predictions;
    }

    void truthReceived() {
      truths++;
    }

    void truthEnded(TruthOutcome outcome) {
      truthEnds[outcome.ordinal()]++;
    }

    void truthWaits(int change) {
      waitingTruths += change;
    }

    void predictionReceived() {
      predictions++;
    }

    void predictionEnded(PredictionOutcome outcome) {
      predictionEnds[outcome.ordinal()]++;
    }

    void predictionWaits(int change) {
      waitingPredictions += change;
    }

    /** Ends all that has not ended: what waits, and what was being looked at. */
    void lose() {
      predictionEnds[PredictionOutcome.EXPIRED_STORE.ordinal()] +=
          predictions - Arrays.stream(predictionEnds).sum();
      truthEnds[TruthOutcome.ORPHAN.ordinal()] += truths - Arrays.stream(truthEnds).sum();
      waitingPredictions = 0;
      waitingTruths = 0;
    }

    /** Writes how everything ended that did; what waits is in the store, or lost. */
    void save(StateOutput out) {
      out.numbers(truthEnds);
      out.numbers(predictionEnds);
    }

    /** Counts what ended before a restart, beside what the store has brought in since. */
    void restore(StateInput in, boolean continuous) throws SnapshotException {
      long[] savedTruths = in.counts(truthEnds.length);
      long[] savedPredictions = in.counts(predictionEnds.length);
      if (continuous) {
        Arrays.setAll(truthEnds, i -> truthEnds[i] + savedTruths[i]);
        Arrays.setAll(predictionEnds, i -> predictionEnds[i] + savedPredictions[i]);
        truths += Arrays.stream(savedTruths).sum();
        predictions += Arrays.stream(savedPredictions).sum();
      }
    }

    JoinCounts snapshot() {
      Map<TruthOutcome, Long> truthOutcomes = new EnumMap<>(TruthOutcome.class);
      for (TruthOutcome outcome : TruthOutcome.values()) {
        truthOutcomes.put(outcome, truthEnds[outcome.ordinal()]);
      }
      Map<PredictionOutcome, Long> predictionOutcomes = new EnumMap<>(PredictionOutcome.class);
      for (PredictionOutcome outcome : PredictionOutcome.values()) {
        predictionOutcomes.put(outcome, predictionEnds[outcome.ordinal()]);
      }
      return new JoinCounts(
          truths,
          truthOutcomes,
          waitingTruths,
          predictions,
          predictionOutcomes,
          waitingPredictions);
    }
  }
}
