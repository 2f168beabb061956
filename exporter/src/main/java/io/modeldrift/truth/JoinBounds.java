package io.modeldrift.truth;

import io.modeldrift.inference.ModelKey;
import io.modeldrift.inference.Value;
import io.modeldrift.truth.TruthStore.Entries;
import java.util.function.LongUnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Keeps what waits and what is remembered within time and room: the oldest leave first, and are
 * counted.
 *
 * <p>Not thread-safe.
 */
final class JoinBounds {

  private static final int EXPIRY_STEP = 4096;

  private StoreSettings settings;
  private final JoinEntries entries;
  private final JoinBooks books;
  private long nextExpiry = Long.MIN_VALUE;
  private long lastMillis;

  JoinBounds(StoreSettings settings, JoinEntries entries, JoinBooks books) {
    this.settings = settings;
    this.entries = entries;
    this.books = books;
  }

  void reconfigure(StoreSettings newSettings) {
    settings = newSettings;
    nextExpiry = Long.MIN_VALUE;
    makeRoom();
  }

  /** Ends what has waited long enough, and clears away what has ended; cheap if nothing has. */
  void tend(long nowMillis) {
    lastMillis = nowMillis;
    entries.purgeSome();
    if (nowMillis < nextExpiry) {
      return;
    }
    long horizon = settings.horizon().toMillis();
    long next = Long.MAX_VALUE;
    next = Math.min(next, expirePredictions(nowMillis, horizon));
    long hold = settings.hold().toMillis();
    LongUnaryOperator truthDue = number -> entries.truth(number).arrivalMillis() + hold;
    Entries truths = entries.store().truths();
    next = Math.min(next, endDue(truths, nowMillis, truthDue, this::orphanOldest));
    LongUnaryOperator endDue = number -> entries.end(number).endedMillis() + horizon;
    Entries ends = entries.store().ends();
    next = Math.min(next, endDue(ends, nowMillis, endDue, entries::forgetOldestEnd));
    // New entries may come at any moment, and with them the next that is due.
    long soon = nowMillis + Math.min(horizon, hold);
    nextExpiry = Math.min(next, soon);
  }

  private long expirePredictions(long nowMillis, long horizon) {
    Entries predictions = entries.store().predictions();
    int ended = 0;
    for (long number = predictions.first(); number >= 0; number = predictions.first()) {
      if (ended++ == EXPIRY_STEP) {
        return nowMillis;
      }
      StoredPrediction prediction = entries.prediction(number);
      if (entries.isLive(prediction.hash(), number)) {
        long due = prediction.arrivalMillis() + horizon;
        if (due > nowMillis) {
          return due;
        }
        expire(number, prediction, PredictionOutcome.EXPIRED_AGE, nowMillis);
      } else {
        entries.removePrediction(number);
      }
    }
    return Long.MAX_VALUE;
  }

  /** Ends the oldest until one is not due yet; returns when that one is. */
  private static long endDue(
      Entries oldestFirst, long nowMillis, LongUnaryOperator due, Runnable endOldest) {
    for (long number = oldestFirst.first(); number >= 0; number = oldestFirst.first()) {
      long when = due.applyAsLong(number);
      if (when > nowMillis) {
        return when;
      }
      endOldest.run();
    }
    return Long.MAX_VALUE;
  }

  /** Makes room for one more prediction. */
  void makeRoom() {
    while (entries.predictions() > settings.maxEntries()) {
      evictOldest();
    }
    while (entries.areMoreThan(settings.maxBytes()) && entries.predictions() > 1) {
      // What is remembered of the oldest goes first, or evicting would make room for it only.
      if (2 * entries.store().ends().size() > entries.predictions()) {
        entries.forgetOldestEnd();
      } else {
        evictOldest();
      }
    }
  }

  private void evictOldest() {
    long number = entries.store().predictions().first();
    StoredPrediction prediction = entries.prediction(number);
    if (entries.isLive(prediction.hash(), number)) {
      expire(number, prediction, PredictionOutcome.EXPIRED_CAPACITY, lastMillis);
    } else {
      entries.removePrediction(number);
    }
  }

  private void expire(
      long number, StoredPrediction prediction, PredictionOutcome outcome, long nowMillis) {
    remember(prediction.hash(), nowMillis, false, null, -1);
    entries.removePrediction(number);
    leave(entries.model(prediction), outcome);
  }

  /** A prediction has met its outcome; its entry is cleared away later. */
  void leaveMatched(ModelKey model, long number) {
    leave(model, PredictionOutcome.MATCHED);
    entries.bury(number, settings.maxRemembered() / 2);
  }

  private void leave(ModelKey model, PredictionOutcome outcome) {
    entries.leave();
    JoinCounts.Counter counter = books.of(model);
    counter.predictionWaits(-1);
    counter.predictionEnded(outcome);
  }

  /** Remembers the end of a prediction; the oldest end is forgotten for it. */
  void remember(
      long hash, long nowMillis, boolean matched, @Nullable Value outcome, long prediction) {
    entries.remember(hash, nowMillis, matched, outcome, prediction);
    while (entries.store().ends().size() > settings.maxRemembered()) {
      entries.forgetOldestEnd();
    }
  }

  /** Makes room for one more outcome. */
  void makeRoomForTruths() {
    while (entries.truths() > settings.maxTruths()) {
      orphanOldest();
    }
  }

  private void orphanOldest() {
    StoredTruth truth = removeTruth(entries.store().truths().first());
    if (truth != null) {
      books.of(entries.model(truth)).truthEnded(TruthOutcome.ORPHAN);
    }
  }

  /** Takes an outcome out of the queue; null if it is not there. */
  @Nullable StoredTruth removeTruth(long number) {
    StoredTruth truth = entries.removeTruth(number);
    if (truth != null) {
      books.of(entries.model(truth)).truthWaits(-1);
    }
    return truth;
  }
}
