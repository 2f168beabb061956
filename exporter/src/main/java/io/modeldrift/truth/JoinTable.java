package io.modeldrift.truth;

import io.modeldrift.distribution.TextHash;
import io.modeldrift.inference.ModelKey;
import io.modeldrift.inference.Value;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Joins outcomes to predictions by the hash of model, id and row, in whichever order they come.
 *
 * <p>An id is in one of three states: its prediction waits, its outcome waits, or the prediction
 * has ended and is remembered. The oldest of each leave when their time is over or there is no
 * room.
 *
 * <p>Not thread-safe.
 */
final class JoinTable implements AutoCloseable {

  /** What the table asks and tells about joins. */
  interface Joins {

    /** Returns whether an outcome is of the type of a prediction. */
    boolean fits(ModelKey model, Prediction prediction, Value outcome);

    /** Told of each join, with the time from the prediction to its outcome. */
    void joined(ModelKey model, StoredPrediction prediction, Value outcome, long lagMillis);

    /** Told of each outcome that was joined to the predictions of two versions. */
    void joined(
        ModelKey first,
        StoredPrediction ofFirst,
        ModelKey second,
        StoredPrediction ofSecond,
        Value outcome);
  }

  private final Joins joins;
  private final JoinEntries entries;
  private final JoinBooks books;
  private final JoinBounds bounds;

  /**
   * Takes over what a store holds.
   *
   * @param books in which everything is counted, what the store holds included
   */
  JoinTable(StoreSettings settings, TruthStore store, JoinBooks books, Joins joins) {
    this.books = books;
    this.entries = new JoinEntries(store);
    this.bounds = new JoinBounds(settings, entries, books);
    this.joins = joins;
    entries.restore(this::restored, this::restored);
  }

  /** What an earlier process left counts as received. */
  private void restored(StoredPrediction prediction) {
    JoinCounts.Counter counter = books.of(entries.model(prediction));
    counter.predictionReceived();
    counter.predictionWaits(1);
  }

  private void restored(StoredTruth truth) {
    JoinCounts.Counter counter = books.of(entries.model(truth));
    counter.truthReceived();
    counter.truthWaits(1);
  }

  /** Returns the hash by which a row of an inference is known. */
  static long hash(String model, String id, int row) {
    return TextHash.of(model + '\u0000' + id + '\u0000' + row);
  }

  /** Returns the hash of a request that another version has answered, too. */
  private static long twin(long hash, ModelKey model) {
    return TextHash.of(Long.toHexString(hash) + '\u0000' + model.version());
  }

  /** Goes on under other bounds, with the same store. */
  void reconfigure(StoreSettings newSettings) {
    bounds.reconfigure(newSettings);
  }

  /** Ends what has waited long enough, and clears away what has ended; cheap if nothing has. */
  void tend(long nowMillis) {
    bounds.tend(nowMillis);
  }

  TruthStore store() {
    return entries.store();
  }

  /** Takes a prediction with an id. */
  void offer(ModelKey model, StoredPrediction prediction) {
    tend(prediction.arrivalMillis());
    JoinCounts.Counter counter = books.of(model);
    counter.predictionReceived();
    int known = entries.find(prediction.hash());
    if (known == HashIndex.NONE) {
      keep(model, prediction);
    } else if (Reference.kind(known) == Reference.TRUTH) {
      meet(model, prediction, entries.number(known));
    } else {
      StoredPrediction twin = prediction.withHash(twin(prediction.hash(), model));
      if (isOfAnother(model, known) && entries.find(twin.hash()) == HashIndex.NONE) {
        keep(model, twin);
      } else {
        counter.predictionEnded(PredictionOutcome.DUPLICATE);
      }
    }
  }

  /** Whether another version answered the same request, and waits for its outcome. */
  private boolean isOfAnother(ModelKey model, int known) {
    return Reference.kind(known) == Reference.PREDICTION
        && !model.equals(entries.model(waiting(known)));
  }

  private StoredPrediction waiting(int known) {
    return entries.prediction(entries.number(known));
  }

  /** A prediction finds its outcome waiting. */
  private void meet(ModelKey model, StoredPrediction prediction, long number) {
    StoredTruth truth = bounds.removeTruth(number);
    if (truth == null) {
      keep(model, prediction);
      return;
    }
    ModelKey waited = entries.model(truth);
    if (!joins.fits(model, prediction.prediction(), truth.outcome())) {
      books.of(waited).truthEnded(TruthOutcome.REJECTED_TYPE);
      keep(model, prediction);
      return;
    }
    // What was received for a name alone turns out to be about this version.
    books.of(waited).truthEnded(TruthOutcome.MATCHED);
    books.of(model).predictionEnded(PredictionOutcome.MATCHED);
    bounds.remember(prediction.hash(), prediction.arrivalMillis(), true, truth.outcome(), -1);
    joins.joined(
        model,
        prediction,
        truth.outcome(),
        Math.max(0, truth.arrivalMillis() - prediction.timeMillis()));
  }

  private void keep(ModelKey model, StoredPrediction prediction) {
    entries.add(prediction);
    books.of(model).predictionWaits(1);
    bounds.makeRoom();
  }

  /**
   * Takes an outcome.
   *
   * @param model that it is counted for unless a prediction tells better
   * @param candidates whose predictions it may be about
   * @param hashes by which its prediction may be known, best first
   * @return what became of it; null if it waits
   */
  @Nullable TruthOutcome offer(
      ModelKey model, Set<ModelKey> candidates, long[] hashes, Value outcome, long nowMillis) {
    tend(nowMillis);
    for (long hash : hashes) {
      int known = entries.find(hash);
      if (known != HashIndex.NONE) {
        if (candidates.size() == 1) {
          return meet(model, known, outcome, nowMillis);
        }
        @Nullable StoredPrediction first =
            Reference.kind(known) == Reference.PREDICTION ? waiting(known) : null;
        TruthOutcome ended = meet(model, known, outcome, nowMillis);
        matchTwins(
            hash, ended == TruthOutcome.MATCHED ? first : null, candidates, outcome, nowMillis);
        return ended;
      }
    }
    await(model, hashes, outcome, nowMillis);
    return null;
  }

  /** The outcome of a request counts for each version that has answered it. */
  private void matchTwins(
      long hash,
      @Nullable StoredPrediction first,
      Set<ModelKey> candidates,
      Value outcome,
      long nowMillis) {
    for (ModelKey candidate : candidates) {
      int known = entries.find(twin(hash, candidate));
      if (known != HashIndex.NONE && Reference.kind(known) == Reference.PREDICTION) {
        StoredPrediction twin = waiting(known);
        TruthOutcome ended = meet(candidate, known, outcome, nowMillis);
        if (first != null && ended == TruthOutcome.MATCHED) {
          joins.joined(entries.model(first), first, entries.model(twin), twin, outcome);
        }
      }
    }
  }

  private TruthOutcome meet(ModelKey model, int known, Value outcome, long nowMillis) {
    long number = entries.number(known);
    return switch (Reference.kind(known)) {
      case Reference.PREDICTION -> match(model, number, outcome, nowMillis);
      case Reference.TRUTH -> {
        StoredTruth first = entries.truth(number);
        yield books.ended(model, repeated(StoredEnd.fingerprint(first.outcome()), outcome));
      }
      default -> {
        StoredEnd end = entries.end(number);
        yield books.ended(
            model, end.matched() ? repeated(end.outcome(), outcome) : TruthOutcome.LATE);
      }
    };
  }

  /** An outcome finds its prediction waiting. */
  private TruthOutcome match(ModelKey named, long number, Value outcome, long nowMillis) {
    StoredPrediction prediction = entries.prediction(number);
    ModelKey model = entries.model(prediction);
    if (!joins.fits(model, prediction.prediction(), outcome)) {
      return books.ended(named, TruthOutcome.REJECTED_TYPE);
    }
    bounds.remember(prediction.hash(), nowMillis, true, outcome, number);
    bounds.leaveMatched(model, number);
    TruthOutcome matched = books.ended(model, TruthOutcome.MATCHED);
    joins.joined(model, prediction, outcome, Math.max(0, nowMillis - prediction.timeMillis()));
    return matched;
  }

  /**
   * Remembers an outcome that brought its prediction along, so that a repetition is recognised.
   *
   * @return what became of it: {@link TruthOutcome#INLINE} unless the id is known already
   */
  @Nullable TruthOutcome inline(ModelKey model, long[] hashes, Value outcome, long nowMillis) {
    tend(nowMillis);
    for (long hash : hashes) {
      int known = entries.find(hash);
      if (known != HashIndex.NONE) {
        return meet(model, known, outcome, nowMillis);
      }
    }
    for (long hash : hashes) {
      bounds.remember(hash, nowMillis, true, outcome, -1);
    }
    return books.ended(model, TruthOutcome.INLINE);
  }

  private void await(ModelKey model, long[] hashes, Value outcome, long nowMillis) {
    JoinCounts.Counter counter = books.of(model);
    counter.truthReceived();
    int word = entries.store().number(JoinEntries.word(model));
    if (word < 0 || hashes.length == 0) {
      counter.truthEnded(TruthOutcome.ORPHAN);
      return;
    }
    entries.add(new StoredTruth(hashes, nowMillis, word, outcome));
    counter.truthWaits(1);
    bounds.makeRoomForTruths();
  }

  private static TruthOutcome repeated(int first, Value outcome) {
    return first == StoredEnd.fingerprint(outcome)
        ? TruthOutcome.DUPLICATE_SAME
        : TruthOutcome.DUPLICATE_CONFLICT;
  }

  int waitingPredictions() {
    return entries.predictions();
  }

  /** Returns about how many bytes the entries take. */
  long bytes() {
    return entries.bytes();
  }

  @Override
  public void close() {
    entries.close();
  }
}
