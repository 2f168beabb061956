package io.modeldrift.truth;

import io.modeldrift.inference.ModelKey;
import io.modeldrift.inference.Value;
import io.modeldrift.truth.TruthStore.Entries;
import java.util.BitSet;
import java.util.function.Consumer;
import org.h2.mvstore.DataUtils;
import org.h2.mvstore.MVStoreException;
import org.jspecify.annotations.Nullable;

/**
 * Everything that waits or is remembered, in the store, and an index of it by hash.
 *
 * <p>Entries of matched predictions are removed from the store in batches, in the order of the
 * file; until then what is remembered of their end says that they are gone.
 *
 * <p>Not thread-safe. On the heap it keeps the index, about 18 bytes an id.
 */
final class JoinEntries implements AutoCloseable {

  private static final int PURGE_STEP = 256;
  private static final int DISK_OVERHEAD_BYTES = 12;
  private static final double DISK_SLACK = 1.5;
  private static final int MEMORY_OVERHEAD_BYTES = 96;

  private final TruthStore store;
  private final HashIndex index = new HashIndex();
  private final LongList dead = new LongList();
  private long[] purge = {};
  private int purged;
  private int predictions;
  private int truths;
  private long bytes;

  JoinEntries(TruthStore store) {
    this.store = store;
  }

  TruthStore store() {
    return store;
  }

  /** Returns how a model version is spelled in the store. */
  static String word(ModelKey model) {
    return model.name() + '\u0000' + model.version();
  }

  ModelKey model(StoredPrediction prediction) {
    return model(prediction.model());
  }

  ModelKey model(StoredTruth truth) {
    return model(truth.model());
  }

  private ModelKey model(int number) {
    String word = store.word(number);
    int end = word.indexOf('\u0000');
    if (end < 0) {
      throw new MVStoreException(DataUtils.ERROR_FILE_CORRUPT, "not a model of this store");
    }
    return new ModelKey(word.substring(0, end), word.substring(end + 1));
  }

  /** Returns what is known under a hash, {@link HashIndex#NONE} if nothing is. */
  int find(long hash) {
    return index.get(hash);
  }

  /** Returns the number of the entry that was found. */
  long number(int found) {
    Entries entries =
        switch (Reference.kind(found)) {
          case Reference.PREDICTION -> store.predictions();
          case Reference.TRUTH -> store.truths();
          default -> store.ends();
        };
    return Reference.number(found, entries.next());
  }

  StoredPrediction prediction(long number) {
    return StoredPrediction.of(entry(store.predictions(), number));
  }

  StoredTruth truth(long number) {
    return StoredTruth.of(entry(store.truths(), number));
  }

  StoredEnd end(long number) {
    return StoredEnd.of(entry(store.ends(), number));
  }

  private static byte[] entry(Entries entries, long number) {
    byte[] entry = entries.get(number);
    if (entry == null) {
      throw new MVStoreException(DataUtils.ERROR_FILE_CORRUPT, "an entry of the store is gone");
    }
    return entry;
  }

  void add(StoredPrediction prediction) {
    long number = add(store.predictions(), prediction.encoded());
    index.put(prediction.hash(), Reference.of(Reference.PREDICTION, number));
    predictions++;
  }

  void add(StoredTruth truth) {
    long number = add(store.truths(), truth.encoded());
    for (long hash : truth.hashes()) {
      index.put(hash, Reference.of(Reference.TRUTH, number));
    }
    truths++;
  }

  private long add(Entries entries, byte[] entry) {
    bytes += cost(entry);
    return entries.add(entry);
  }

  /** Remembers a prediction that waits no longer, in place of what was known under its hash. */
  void remember(long hash, long nowMillis, boolean matched, @Nullable Value outcome, long number) {
    int fingerprint = outcome == null ? 0 : StoredEnd.fingerprint(outcome);
    StoredEnd end = new StoredEnd(hash, nowMillis, matched, fingerprint, number);
    index.put(hash, Reference.of(Reference.END, add(store.ends(), end.encoded())));
  }

  void forgetOldestEnd() {
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

  /** Takes an outcome out of the queue; null if it is not there. */
  @Nullable StoredTruth removeTruth(long number) {
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
    return truth;
  }

  /** Whether a prediction still waits; if not, its entry is only not cleared away yet. */
  boolean isLive(long hash, long number) {
    return index.get(hash) == Reference.of(Reference.PREDICTION, number);
  }

  /** Counts a prediction as one that waits no longer. */
  void leave() {
    predictions--;
  }

  /**
   * Marks a prediction for removal; one by one, in no order, every page would be written anew.
   *
   * @param most marked ones
   */
  void bury(long number, int most) {
    dead.add(number);
    int enough = Math.max(PURGE_STEP, predictions / 4);
    if (purged == purge.length && dead.size() >= Math.min(enough, most)) {
      purge = dead.drainSorted();
      purged = 0;
    }
  }

  /** Clears away some of those that are marked. */
  void purgeSome() {
    for (int i = 0; i < PURGE_STEP && purged < purge.length; i++) {
      removePrediction(purge[purged++]);
    }
  }

  void removePrediction(long number) {
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

  /** Reads what an earlier process left, and tells of all that waits. */
  void restore(Consumer<StoredPrediction> waitingPredictions, Consumer<StoredTruth> waitingTruths) {
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
    restorePredictions(gone, first, waitingPredictions);
    restoreTruths(waitingTruths);
  }

  private void restorePredictions(BitSet gone, long first, Consumer<StoredPrediction> waiting) {
    Entries entries = store.predictions();
    for (long number = entries.first(); number >= 0; number = entries.after(number)) {
      byte[] entry = entry(entries, number);
      bytes += cost(entry);
      StoredPrediction prediction = StoredPrediction.of(entry);
      if (gone.get(Math.toIntExact(number - first))) {
        dead.add(number);
      } else {
        index.put(prediction.hash(), Reference.of(Reference.PREDICTION, number));
        predictions++;
        waiting.accept(prediction);
      }
    }
  }

  private void restoreTruths(Consumer<StoredTruth> waiting) {
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
      waiting.accept(truth);
    }
  }

  /** Returns how many predictions wait. */
  int predictions() {
    return predictions;
  }

  /** Returns how many outcomes wait. */
  int truths() {
    return truths;
  }

  /** Returns about how many bytes the entries take. */
  long bytes() {
    return bytes;
  }

  /** Whether they take more than so many, with what a file takes beside its entries. */
  boolean areMoreThan(long maxBytes) {
    double taken = store.isOnDisk() ? DISK_SLACK * bytes : bytes;
    return taken > maxBytes;
  }

  @Override
  public void close() {
    store.close();
  }
}
