package io.modeldrift.truth;

import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.h2.mvstore.DataUtils;
import org.h2.mvstore.FileStore;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.MVStoreException;
import org.h2.mvstore.type.ByteArrayDataType;
import org.h2.mvstore.type.DataType;
import org.h2.mvstore.type.LongDataType;
import org.h2.mvstore.type.StringDataType;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The entries that wait, and what is remembered of those that waited, in memory or in a file.
 *
 * <p>Each kind of entry is numbered in the order of its arrival, so that new ones are appended and
 * the oldest come first. The file is written about once a second; a process that is killed loses
 * what came after. A file that cannot be read is set aside under another name, and a new one is
 * begun.
 *
 * <p>Not thread-safe. Any method may throw an {@link MVStoreException} once the disk fails; the
 * store is of no use then.
 */
final class TruthStore implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(TruthStore.class);
  private static final String FILE = "predictions.mv";
  private static final long FORMAT = 2;
  private static final int CACHE_MEGABYTES = 4;
  private static final int PAGE_BYTES = 4096;
  private static final int RETENTION_MILLIS = 5_000;
  private static final int MOST_WORDS = 20_000;

  /** How a store came to be. */
  enum Origin {
    /** No directory was asked for. */
    MEMORY,
    /** The file was read, or is new. */
    DISK,
    /** The file was not a readable one; it was set aside and a new one begun. */
    REPLACED,
    /** The directory cannot be used; entries are kept in memory. */
    FALLBACK
  }

  /** The entries of one kind, by their number. */
  static final class Entries {

    private final MVMap<Long, byte[]> map;
    private long next;

    private Entries(MVMap<Long, byte[]> map) {
      this.map = map;
      Long last = map.lastKey();
      this.next = last == null ? 0 : last + 1;
    }

    /** Appends an entry and returns its number. */
    long add(byte[] entry) {
      map.put(next, entry);
      return next++;
    }

    byte @Nullable [] get(long number) {
      return map.get(number);
    }

    byte @Nullable [] remove(long number) {
      return map.remove(number);
    }

    /** Returns the number of the oldest entry, −1 if there is none. */
    long first() {
      Long first = map.firstKey();
      return first == null ? -1 : first;
    }

    /** Returns the number of the oldest entry that is newer than this one, −1 if there is none. */
    long after(long number) {
      Long after = map.higherKey(number);
      return after == null ? -1 : after;
    }

    /** Returns the number that the next entry will have. */
    long next() {
      return next;
    }

    long size() {
      return map.sizeAsLong();
    }
  }

  private final MVStore store;
  private final Origin origin;
  private final Entries predictions;
  private final Entries truths;
  private final Entries ends;
  private final MVMap<Long, String> wordMap;
  private final List<String> words = new ArrayList<>();
  private final Map<String, Integer> numbers = new HashMap<>();

  private TruthStore(MVStore store, Origin origin) {
    this.store = store;
    this.origin = origin;
    this.predictions = new Entries(open(store, "predictions", ByteArrayDataType.INSTANCE));
    this.truths = new Entries(open(store, "truths", ByteArrayDataType.INSTANCE));
    this.ends = new Entries(open(store, "ends", ByteArrayDataType.INSTANCE));
    this.wordMap = open(store, "words", StringDataType.INSTANCE);
    for (String word : wordMap.values()) {
      numbers.put(word, words.size());
      words.add(word);
    }
  }

  private static <V> MVMap<Long, V> open(MVStore store, String name, DataType<V> values) {
    return store.openMap(
        name, new MVMap.Builder<Long, V>().keyType(LongDataType.INSTANCE).valueType(values));
  }

  /** Opens the store of a directory, or one in memory. */
  static TruthStore open(@Nullable Path directory, Instant now) {
    if (directory == null) {
      return inMemory(Origin.MEMORY);
    }
    return file(directory).open(now, TruthStore::open).orElseGet(() -> inMemory(Origin.FALLBACK));
  }

  /** Sets a file aside whose entries turned out to be unreadable, and begins a new one. */
  TruthStore replaced(Path directory, Instant now, RuntimeException cause) {
    closeImmediately();
    return file(directory)
        .replace(now, cause, TruthStore::open)
        .orElseGet(() -> inMemory(Origin.FALLBACK));
  }

  private static StoreFile file(Path directory) {
    return new StoreFile(directory.resolve(FILE), "predictions are kept in memory");
  }

  private static TruthStore open(Path file, boolean replaced) {
    return new TruthStore(openFile(file), replaced ? Origin.REPLACED : Origin.DISK);
  }

  static TruthStore inMemory(Origin origin) {
    return new TruthStore(new MVStore.Builder().autoCommitDisabled().open(), origin);
  }

  private static MVStore openFile(Path file) {
    MVStore store =
        new MVStore.Builder()
            .fileName(file.toString())
            .cacheSize(CACHE_MEGABYTES)
            .pageSplitSize(PAGE_BYTES)
            .backgroundExceptionHandler(
                (thread, e) -> LOG.debug("{}: {}", file, e.toString())) // the next use tells
            .open();
    store.setRetentionTime(RETENTION_MILLIS);
    MVMap<Long, String> format = open(store, "format", StringDataType.INSTANCE);
    String known = format.putIfAbsent(0L, Long.toString(FORMAT));
    if (known != null && !known.equals(Long.toString(FORMAT))) {
      store.closeImmediately();
      throw new MVStoreException(
          DataUtils.ERROR_UNSUPPORTED_FORMAT, "written by another version of the exporter");
    }
    return store;
  }

  Origin origin() {
    return origin;
  }

  boolean isOnDisk() {
    return origin == Origin.DISK || origin == Origin.REPLACED;
  }

  Entries predictions() {
    return predictions;
  }

  Entries truths() {
    return truths;
  }

  Entries ends() {
    return ends;
  }

  /** Returns the number of a word, new ones included; −1 if there are too many already. */
  int number(String word) {
    Integer known = numbers.get(word);
    if (known != null) {
      return known;
    }
    if (words.size() == MOST_WORDS) {
      return -1;
    }
    int number = words.size();
    wordMap.put((long) number, word);
    numbers.put(word, number);
    words.add(word);
    return number;
  }

  /**
   * Returns the word with this number.
   *
   * @throws MVStoreException if there is none
   */
  String word(int number) {
    if (number >= words.size()) {
      throw new MVStoreException(DataUtils.ERROR_FILE_CORRUPT, "not a word of this store");
    }
    return words.get(number);
  }

  /** Returns all words, in the order of their numbers. */
  List<String> words() {
    return List.copyOf(words);
  }

  /** Returns the size of the file in bytes; 0 in memory. */
  long fileBytes() {
    FileStore<?> file = store.getFileStore();
    return file == null ? 0 : file.size();
  }

  /** Writes everything to the file now. */
  void flush() {
    store.commit();
  }

  /** Returns whether the store has given up after a failure. */
  boolean hasFailed() {
    return store.isClosed() || store.getPanicException() != null;
  }

  /** Ends at once, as a process that is killed. */
  void closeImmediately() {
    store.closeImmediately();
  }

  @Override
  public void close() {
    store.close();
  }
}
