package io.modeldrift.truth;

import io.modeldrift.distribution.TextHash;
import io.modeldrift.inference.ModelKey;
import io.modeldrift.inference.Value;
import io.modeldrift.snapshot.SnapshotException;
import io.modeldrift.snapshot.StateInput;
import io.modeldrift.snapshot.StateOutput;
import io.modeldrift.truth.TruthStore.Entries;
import java.util.BitSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Joins outcomes to predictions by the hash of model, id and row, in whichever order they come.
 *
 * <p>An id is in one of three states: its prediction waits, its outcome waits, or the prediction
 * has ended and is remembered. The oldest of each leave when their time is over or there is no
 * room. Entries of matched predictions are removed from the store in batches, in the order of the
 * file; until then what is remembered of their end says that they are gone.
 *
 * <p>Not thread-safe. On the heap it keeps the index, about 18 bytes an id.
 */
final class JoinTable implements AutoCloseable {

  private static final int PURGE_STEP = 256;
  private static final int EXPIRY_STEP = 4096;
  private static final int DISK_OVERHEAD_BYTES = 12;
  private static final double DISK_SLACK = 1.5;
  private static final int MEMORY_OVERHEAD_BYTES = 96;

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

  private StoreSettings settings;
  private final Joins joins;
  private final TruthStore store;
  private final HashIndex index = new HashIndex();
  private final Map<ModelKey, JoinCounts.Counter> counters = new TreeMap<>();
  private final LongList dead = new LongList();
  private long[] purge = {};
  private int purged;
  private int predictions;
  private int truths;
  private long bytes;
  private long nextExpiry = Long.MIN_VALUE;
  private long lastMillis;

  JoinTable(StoreSettings settings, TruthStore store, Joins joins) {
    this.settings = settings;
    this.store = store;
    this.joins = joins;
    restore();
  }

  /** Returns the hash by which a row of an inference is known. */
  static long hash(String model, String id, int row) {
    return TextHash.of(model + '\u0000' + id + '\u0000' + row);
  }

  /** Returns the hash of a request that another version has answered, too. */
  private static long twin(long hash, ModelKey model) {
    return TextHash.of(Long.toHexString(hash) + '\u0000' + model.version());
  }

  /** Returns how a model version is spelled in the store. */
  static String word(ModelKey model) {
    return model.name() + '\u0000' + model.version();
  }

  private static ModelKey model(String word) {
    int end = word.indexOf('\u0000');
    if (end < 0) {
      throw new IllegalArgumentException("not a model of this store");
    }
    return new ModelKey(word.substring(0, end), word.substring(end + 1));
  }

  /** Goes on under other bounds, with the same store. */
  void reconfigure(StoreSettings newSettings) {
    settings = newSettings;
    nextExpiry = Long.MIN_VALUE;
    makeRoom();
  }

  TruthStore store() {
    return store;
  }

  /** Takes a prediction with an id. */
  void offer(ModelKey model, StoredPrediction prediction) {
    tend(prediction.arrivalMillis());
    JoinCounts.Counter counter = counter(model);
    counter.predictionReceived();
    int known = index.get(prediction.hash());
    if (known == HashIndex.NONE) {
      keep(model, prediction);
    } else if (Reference.kind(known) == Reference.TRUTH) {
      meet(model, prediction, Reference.number(known, store.truths().next()));
    } else {
      StoredPrediction twin = prediction.withHash(twin(prediction.hash(), model));
      if (isOfAnother(model, known) && index.get(twin.hash()) == HashIndex.NONE) {
        keep(model, twin);
      } else {
        counter.predictionEnded(PredictionOutcome.DUPLICATE);
      }
    }
  }

  /** Whether another version answered the same request, and waits for its outcome. */
  private boolean isOfAnother(ModelKey model, int known) {
    return Reference.kind(known) == Reference.PREDICTION && !model.equals(modelOf(waiting(known)));
  }

  private StoredPrediction waiting(int known) {
    long number = Reference.number(known, store.predictions().next());
    return StoredPrediction.of(entry(store.predictions(), number));
  }

  private ModelKey modelOf(StoredPrediction prediction) {
    return model(store.word(prediction.model()));
  }

  /** A prediction finds its outcome waiting. */
  private void meet(ModelKey model, StoredPrediction prediction, long number) {
    StoredTruth truth = removeTruth(number);
    if (truth == null) {
      keep(model, prediction);
      return;
    }
    ModelKey waited = model(store.word(truth.model()));
    if (!joins.fits(model, prediction.prediction(), truth.outcome())) {
      counter(waited).truthEnded(TruthOutcome.REJECTED_TYPE);
      keep(model, prediction);
      return;
    }
    // What was received for a name alone turns out to be about this version.
    counter(waited).truthEnded(TruthOutcome.MATCHED);
    counter(model).predictionEnded(PredictionOutcome.MATCHED);
    remember(prediction.hash(), prediction.arrivalMillis(), true, truth.outcome(), -1);
    joins.joined(
        model,
        prediction,
        truth.outcome(),
        Math.max(0, truth.arrivalMillis() - prediction.timeMillis()));
  }

  private void keep(ModelKey model, StoredPrediction prediction) {
    byte[] entry = prediction.encoded();
    long number = store.predictions().add(entry);
    index.put(prediction.hash(), Reference.of(Reference.PREDICTION, number));
    predictions++;
    bytes += cost(entry);
    counter(model).predictionWaits(1);
    makeRoom();
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
      int known = index.get(hash);
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
      int known = index.get(twin(hash, candidate));
      if (known != HashIndex.NONE && Reference.kind(known) == Reference.PREDICTION) {
        StoredPrediction twin = waiting(known);
        TruthOutcome ended = meet(candidate, known, outcome, nowMillis);
        if (first != null && ended == TruthOutcome.MATCHED) {
          joins.joined(modelOf(first), first, modelOf(twin), twin, outcome);
        }
      }
    }
  }

  private TruthOutcome meet(ModelKey model, int known, Value outcome, long nowMillis) {
    return switch (Reference.kind(known)) {
      case Reference.PREDICTION ->
          match(model, Reference.number(known, store.predictions().next()), outcome, nowMillis);
      case Reference.TRUTH -> {
        StoredTruth first = truth(Reference.number(known, store.truths().next()));
        yield ended(model, repeated(fingerprint(first.outcome()), outcome));
      }
      default -> {
        StoredEnd end = end(Reference.number(known, store.ends().next()));
        yield ended(model, end.matched() ? repeated(end.outcome(), outcome) : TruthOutcome.LATE);
      }
    };
  }

  /** An outcome finds its prediction waiting. */
  private TruthOutcome match(ModelKey named, long number, Value outcome, long nowMillis) {
    byte[] entry = entry(store.predictions(), number);
    StoredPrediction prediction = StoredPrediction.of(entry);
    ModelKey model = model(store.word(prediction.model()));
    if (!joins.fits(model, prediction.prediction(), outcome)) {
      return ended(named, TruthOutcome.REJECTED_TYPE);
    }
    remember(prediction.hash(), nowMillis, true, outcome, number);
    leave(model, PredictionOutcome.MATCHED);
    bury(number);
    joins.joined(model, prediction, outcome, Math.max(0, nowMillis - prediction.timeMillis()));
    JoinCounts.Counter counter = counter(model);
    counter.truthReceived();
    counter.truthEnded(TruthOutcome.MATCHED);
    return TruthOutcome.MATCHED;
  }

  /**
   * Remembers an outcome that brought its prediction along, so that a repetition is recognised.
   *
   * @return what became of it: {@link TruthOutcome#INLINE} unless the id is known already
   */
  @Nullable TruthOutcome inline(ModelKey model, long[] hashes, Value outcome, long nowMillis) {
    tend(nowMillis);
    for (long hash : hashes) {
      int known = index.get(hash);
      if (known != HashIndex.NONE) {
        return meet(model, known, outcome, nowMillis);
      }
    }
    for (long hash : hashes) {
      remember(hash, nowMillis, true, outcome, -1);
    }
    return ended(model, TruthOutcome.INLINE);
  }

  /** Counts an outcome that was not even looked up, or has just ended. */
  TruthOutcome ended(ModelKey model, TruthOutcome outcome) {
    JoinCounts.Counter counter = counter(model);
    counter.truthReceived();
    counter.truthEnded(outcome);
    return outcome;
  }

  private void await(ModelKey model, long[] hashes, Value outcome, long nowMillis) {
    JoinCounts.Counter counter = counter(model);
    counter.truthReceived();
    int word = store.number(word(model));
    if (word < 0 || hashes.length == 0) {
      counter.truthEnded(TruthOutcome.ORPHAN);
      return;
    }
    byte[] entry = new StoredTruth(hashes, nowMillis, word, outcome).encoded();
    long number = store.truths().add(entry);
    for (long hash : hashes) {
      index.put(hash, Reference.of(Reference.TRUTH, number));
    }
    truths++;
    bytes += cost(entry);
    counter.truthWaits(1);
    while (truths > settings.maxTruths()) {
      orphanOldest();
    }
  }

  private static TruthOutcome repeated(int first, Value outcome) {
    return first == fingerprint(outcome)
        ? TruthOutcome.DUPLICATE_SAME
        : TruthOutcome.DUPLICATE_CONFLICT;
  }

  private static int fingerprint(Value outcome) {
    return (int) TextHash.of(ClassNames.of(outcome));
  }

  /** Ends what has waited long enough, and clears away what has ended; cheap if nothing has. */
  void tend(long nowMillis) {
    lastMillis = nowMillis;
    purgeSome();
    if (nowMillis < nextExpiry) {
      return;
    }
    long horizon = settings.horizon().toMillis();
    long next = Long.MAX_VALUE;
    next = Math.min(next, expirePredictions(nowMillis, horizon));
    next = Math.min(next, expireTruths(nowMillis, settings.hold().toMillis()));
    next = Math.min(next, forgetEnds(nowMillis, horizon));
    // New entries may come at any moment, and with them the next that is due.
    long soon = nowMillis + Math.min(horizon, settings.hold().toMillis());
    nextExpiry = Math.min(next, soon);
  }

  private long expirePredictions(long nowMillis, long horizon) {
    Entries entries = store.predictions();
    int ended = 0;
    for (long number = entries.first(); number >= 0; number = entries.first()) {
      if (ended++ == EXPIRY_STEP) {
        return nowMillis;
      }
      StoredPrediction prediction = StoredPrediction.of(entry(entries, number));
      if (isLive(prediction.hash(), number)) {
        long due = prediction.arrivalMillis() + horizon;
        if (due > nowMillis) {
          return due;
        }
        expire(number, prediction, PredictionOutcome.EXPIRED_AGE, nowMillis);
      } else {
        removePrediction(number);
      }
    }
    return Long.MAX_VALUE;
  }

  private long expireTruths(long nowMillis, long hold) {
    Entries entries = store.truths();
    for (long number = entries.first(); number >= 0; number = entries.first()) {
      long due = truth(number).arrivalMillis() + hold;
      if (due > nowMillis) {
        return due;
      }
      orphanOldest();
    }
    return Long.MAX_VALUE;
  }

  private long forgetEnds(long nowMillis, long horizon) {
    Entries entries = store.ends();
    for (long number = entries.first(); number >= 0; number = entries.first()) {
      long due = end(number).endedMillis() + horizon;
      if (due > nowMillis) {
        return due;
      }
      forgetOldestEnd();
    }
    return Long.MAX_VALUE;
  }

  private void makeRoom() {
    while (predictions > settings.maxEntries()) {
      evictOldest();
    }
    while (isFull() && predictions > 1) {
      // What is remembered of the oldest goes first, or evicting would make room for it only.
      if (2 * store.ends().size() > predictions) {
        forgetOldestEnd();
      } else {
        evictOldest();
      }
    }
  }

  private boolean isFull() {
    double taken = store.isOnDisk() ? DISK_SLACK * bytes : bytes;
    return taken > settings.maxBytes();
  }

  private void evictOldest() {
    long number = store.predictions().first();
    StoredPrediction prediction = StoredPrediction.of(entry(store.predictions(), number));
    if (isLive(prediction.hash(), number)) {
      expire(number, prediction, PredictionOutcome.EXPIRED_CAPACITY, lastMillis);
    } else {
      removePrediction(number);
    }
  }

  private void expire(
      long number, StoredPrediction prediction, PredictionOutcome outcome, long nowMillis) {
    remember(prediction.hash(), nowMillis, false, null, -1);
    removePrediction(number);
    leave(model(store.word(prediction.model())), outcome);
  }

  private void leave(ModelKey model, PredictionOutcome outcome) {
    predictions--;
    JoinCounts.Counter counter = counter(model);
    counter.predictionWaits(-1);
    counter.predictionEnded(outcome);
  }

  private void remember(
      long hash, long nowMillis, boolean matched, @Nullable Value outcome, long prediction) {
    int fingerprint = outcome == null ? 0 : fingerprint(outcome);
    byte[] entry = new StoredEnd(hash, nowMillis, matched, fingerprint, prediction).encoded();
    index.put(hash, Reference.of(Reference.END, store.ends().add(entry)));
    bytes += cost(entry);
    while (store.ends().size() > settings.maxRemembered()) {
      forgetOldestEnd();
    }
  }

  private void forgetOldestEnd() {
    long number = store.ends().first();
    StoredEnd end = end(number);
    if (index.get(end.hash()) == Reference.of(Reference.END, number)) {
      index.remove(end.hash());
    }
    if (end.prediction() >= 0) {
      removePrediction(end.prediction()); // or a restart would take it for waiting
    }
    remove(store.ends(), number);
  }

  private void orphanOldest() {
    StoredTruth truth = removeTruth(store.truths().first());
    if (truth != null) {
      counter(model(store.word(truth.model()))).truthEnded(TruthOutcome.ORPHAN);
    }
  }

  /** Takes an outcome out of the queue; null if it is not there. */
  private @Nullable StoredTruth removeTruth(long number) {
    byte[] entry = store.truths().get(number);
    if (entry == null) {
      return null;
    }
    StoredTruth truth = StoredTruth.of(entry);
    for (long hash : truth.hashes()) {
      if (index.get(hash) == Reference.of(Reference.TRUTH, number)) {
        index.remove(hash);
      }
    }
    remove(store.truths(), number);
    truths--;
    counter(model(store.word(truth.model()))).truthWaits(-1);
    return truth;
  }

  private boolean isLive(long hash, long number) {
    return index.get(hash) == Reference.of(Reference.PREDICTION, number);
  }

  /** Marks a prediction for removal; one by one, in no order, every page would be written anew. */
  private void bury(long number) {
    dead.add(number);
    int enough = Math.max(PURGE_STEP, Math.min(settings.maxEntries(), predictions) / 4);
    if (purged == purge.length && dead.size() >= Math.min(enough, settings.maxRemembered() / 2)) {
      purge = dead.drainSorted();
      purged = 0;
    }
  }

  private void purgeSome() {
    for (int i = 0; i < PURGE_STEP && purged < purge.length; i++) {
      removePrediction(purge[purged++]);
    }
  }

  private void removePrediction(long number) {
    remove(store.predictions(), number);
  }

  private void remove(Entries entries, long number) {
    byte[] entry = entries.remove(number);
    if (entry != null) {
      bytes -= cost(entry);
    }
  }

  private long cost(byte[] entry) {
    return (long) entry.length + (store.isOnDisk() ? DISK_OVERHEAD_BYTES : MEMORY_OVERHEAD_BYTES);
  }

  private StoredTruth truth(long number) {
    return StoredTruth.of(entry(store.truths(), number));
  }

  private StoredEnd end(long number) {
    return StoredEnd.of(entry(store.ends(), number));
  }

  private static byte[] entry(Entries entries, long number) {
    byte[] entry = entries.get(number);
    if (entry == null) {
      throw new IllegalArgumentException("an entry of the store is gone");
    }
    return entry;
  }

  /** Reads what an earlier process left, and counts it as received. */
  private void restore() {
    Entries ends = store.ends();
    BitSet gone = new BitSet();
    long first = Math.max(0, store.predictions().first());
    for (long number = ends.first(); number >= 0; number = ends.after(number)) {
      byte[] entry = entry(ends, number);
      StoredEnd end = StoredEnd.of(entry);
      index.put(end.hash(), Reference.of(Reference.END, number));
      bytes += cost(entry);
      if (end.prediction() >= first) {
        gone.set(Math.toIntExact(end.prediction() - first));
      }
    }
    restorePredictions(gone, first);
    restoreTruths();
  }

  private void restorePredictions(BitSet gone, long first) {
    Entries entries = store.predictions();
    for (long number = entries.first(); number >= 0; number = entries.after(number)) {
      byte[] entry = entry(entries, number);
      bytes += cost(entry);
      StoredPrediction prediction = StoredPrediction.of(entry);
      if (gone.get(Math.toIntExact(number - first))) {
        dead.add(number);
        continue;
      }
      index.put(prediction.hash(), Reference.of(Reference.PREDICTION, number));
      predictions++;
      JoinCounts.Counter counter = counter(model(store.word(prediction.model())));
      counter.predictionReceived();
      counter.predictionWaits(1);
    }
  }

  private void restoreTruths() {
    Entries entries = store.truths();
    for (long number = entries.first(); number >= 0; number = entries.after(number)) {
      byte[] entry = entry(entries, number);
      StoredTruth truth = StoredTruth.of(entry);
      bytes += cost(entry);
      for (long hash : truth.hashes()) {
        if (index.get(hash) == HashIndex.NONE) {
          index.put(hash, Reference.of(Reference.TRUTH, number));
        }
      }
      truths++;
      JoinCounts.Counter counter = counter(model(store.word(truth.model())));
      counter.truthReceived();
      counter.truthWaits(1);
    }
  }

  private JoinCounts.Counter counter(ModelKey model) {
    return counters.computeIfAbsent(model, key -> new JoinCounts.Counter());
  }

  /** Returns the model versions in the books. */
  Set<ModelKey> models() {
    return counters.keySet();
  }

  /** Returns the books by model version. */
  Map<ModelKey, JoinCounts> counts() {
    Map<ModelKey, JoinCounts> counts = new TreeMap<>();
    counters.forEach((model, counter) -> counts.put(model, counter.snapshot()));
    return counts;
  }

  /** Writes the books on a model version, as far as they are closed. */
  void save(ModelKey model, StateOutput out) {
    counter(model).save(out);
  }

  /** Goes on with the books of an earlier process. */
  void restore(ModelKey model, StateInput in, boolean continuous) throws SnapshotException {
    counter(model).restore(in, continuous);
  }

  /** Returns the books, which go on in another table once this one's store has failed. */
  Map<ModelKey, JoinCounts.Counter> surrender() {
    counters.values().forEach(JoinCounts.Counter::lose);
    return counters;
  }

  /** Continues the books of a table whose store has failed. */
  void succeed(Map<ModelKey, JoinCounts.Counter> books) {
    counters.putAll(books);
  }

  int waitingPredictions() {
    return predictions;
  }

  int waitingTruths() {
    return truths;
  }

  /** Returns about how many bytes the entries take. */
  long bytes() {
    return bytes;
  }

  @Override
  public void close() {
    store.close();
  }
}
