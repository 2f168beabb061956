package io.modeldrift.truth;

import io.modeldrift.inference.ModelKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.h2.mvstore.MVStoreException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Joins in a store whose disk may fail: then it is given up, and everything goes on in memory and
 * says so.
 *
 * <p>Not thread-safe.
 */
final class SafeJoins implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(SafeJoins.class);
  private static final String CONSEQUENCE =
      "what waited there is lost to this process, and predictions are kept in memory until a"
          + " restart";

  private final JoinTable.Joins joins;
  private final JoinBooks books = new JoinBooks();
  private StoreSettings settings;
  private JoinTable table;
  private boolean degraded;
  private long setAside;

  /** Opens the store; a file that cannot be read is set aside. */
  SafeJoins(StoreSettings settings, JoinTable.Joins joins, Instant now) {
    this.settings = settings;
    this.joins = joins;
    this.table = open(now);
  }

  private JoinTable open(Instant now) {
    TruthStore store = TruthStore.open(settings.directory(), now);
    try {
      return opened(new JoinTable(limits(store), store, books, joins));
    } catch (MVStoreException e) {
      if (settings.directory() == null) {
        throw e;
      }
      books.clear();
      TruthStore fresh = store.replaced(settings.directory(), now, e);
      return opened(new JoinTable(limits(fresh), fresh, books, joins));
    }
  }

  private JoinTable opened(JoinTable opened) {
    TruthStore.Origin origin = opened.store().origin();
    setAside += origin == TruthStore.Origin.REPLACED ? 1 : 0;
    degraded = origin == TruthStore.Origin.FALLBACK;
    return opened;
  }

  /** In place of a disk, memory takes no more than it would by default. */
  private StoreSettings limits(TruthStore store) {
    if (store.origin() == TruthStore.Origin.FALLBACK) {
      StoreSettings memory = StoreSettings.defaults();
      settings =
          settings
              .withMaxEntries(Math.min(settings.maxEntries(), memory.maxEntries()))
              .withMaxBytes(Math.min(settings.maxBytes(), memory.maxBytes()));
    }
    return settings;
  }

  /** Goes on under other bounds, in the same place. */
  void reconfigure(StoreSettings newSettings) {
    settings = newSettings.withDirectory(settings.directory());
    attempt(() -> table.reconfigure(limits(table.store())));
  }

  JoinBooks books() {
    return books;
  }

  /** Does something with the table; if its disk fails, gives it up and returns false. */
  private boolean attempt(Runnable work) {
    try {
      work.run();
      return true;
    } catch (MVStoreException e) {
      if (!table.store().isOnDisk()) {
        throw e;
      }
      LOG.error("the store of predictions failed ({}); {}", e.toString(), CONSEQUENCE);
      giveUpDisk();
      return false;
    }
  }

  /**
   * Takes an outcome; one during which the disk fails has no prediction any more.
   *
   * @param model that it is counted for unless a prediction tells better
   * @param work what is done with the table; it returns null if the outcome waits
   * @return what became of it; null if it waits
   */
  @Nullable TruthOutcome truth(ModelKey model, Function<JoinTable, @Nullable TruthOutcome> work) {
    long received = books.truths();
    AtomicReference<@Nullable TruthOutcome> ended = new AtomicReference<>();
    if (attempt(() -> ended.set(work.apply(table)))) {
      return ended.get();
    }
    return books.truths() == received
        ? books.ended(model, TruthOutcome.ORPHAN)
        : TruthOutcome.ORPHAN;
  }

  private void giveUpDisk() {
    table.store().closeImmediately();
    books.lose();
    TruthStore memory = TruthStore.inMemory(TruthStore.Origin.FALLBACK);
    table = new JoinTable(limits(memory), memory, books, joins);
    degraded = true;
  }

  /**
   * Takes a prediction with an id.
   *
   * @param made when, by its sender's clock
   * @param attributes names of its segments and groups
   */
  void offer(
      ModelKey model,
      long hash,
      long now,
      long made,
      Prediction prediction,
      List<String> attributes) {
    long received = books.predictions();
    boolean taken =
        attempt(
            () -> {
              int word = table.store().number(JoinEntries.word(model));
              int[] numbers = numbers(table.store(), attributes);
              if (word >= 0) {
                table.offer(
                    model, new StoredPrediction(hash, now, made, word, prediction, numbers));
              }
            });
    if (!taken && books.predictions() == received) {
      books.ended(model, PredictionOutcome.EXPIRED_STORE);
    }
  }

  /** Words beyond the limit are left out. */
  private static int[] numbers(TruthStore store, List<String> words) {
    int[] numbers = new int[words.size()];
    int known = 0;
    for (String word : words) {
      int number = store.number(word);
      if (number >= 0) {
        numbers[known++] = number;
      }
    }
    return known == numbers.length ? numbers : Arrays.copyOf(numbers, known);
  }

  /** Returns the names of a prediction's segments and groups. */
  List<String> attributes(StoredPrediction prediction) {
    List<String> words = new ArrayList<>(prediction.attributes().length);
    for (int attribute : prediction.attributes()) {
      words.add(table.store().word(attribute));
    }
    return words;
  }

  /** Ends what has waited long enough, also while nothing arrives. */
  void tend(long nowMillis) {
    if (table.store().isOnDisk() && table.store().hasFailed()) {
      LOG.error("the store of predictions could not be written; {}", CONSEQUENCE);
      giveUpDisk();
    }
    attempt(() -> table.tend(nowMillis));
  }

  StoreStatus status() {
    TruthStore store = table.store();
    StoreStatus.State state = store.isOnDisk() ? StoreStatus.State.DISK : StoreStatus.State.MEMORY;
    return new StoreStatus(
        degraded ? StoreStatus.State.DEGRADED : state,
        table.waitingPredictions(),
        settings.maxEntries(),
        store.fileBytes(),
        table.bytes(),
        settings.maxBytes(),
        setAside);
  }

  /** Returns the store, for tests that make it fail. */
  TruthStore store() {
    return table.store();
  }

  /** Writes what waits to the file and closes it. */
  @Override
  public void close() {
    try {
      table.close();
    } catch (RuntimeException e) {
      LOG.error("the store of predictions could not be closed: {}", e.toString());
    }
  }
}
