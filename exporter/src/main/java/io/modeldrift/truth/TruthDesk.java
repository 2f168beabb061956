package io.modeldrift.truth;

import io.modeldrift.baseline.Baseline;
import io.modeldrift.decode.Decoded;
import io.modeldrift.inference.GroundTruth;
import io.modeldrift.inference.InferenceBatch;
import io.modeldrift.inference.ModelKey;
import io.modeldrift.inference.Value;
import io.modeldrift.snapshot.SnapshotException;
import io.modeldrift.snapshot.StateInput;
import io.modeldrift.snapshot.StateOutput;
import io.modeldrift.snapshot.StatePart;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes predictions and, later, what turned out, and keeps what follows from both.
 *
 * <p>A store whose disk fails is given up: everything goes on in memory, and says so. Thread-safe:
 * each method locks the instance, for a batch, a payload or a snapshot.
 */
public final class TruthDesk implements AutoCloseable, StatePart {

  private static final Logger LOG = LoggerFactory.getLogger(TruthDesk.class);
  private static final String CONSEQUENCE =
      "what waited there is lost to this process, and predictions are kept in memory until a"
          + " restart";

  private volatile TruthSettings settings;
  private final InstantSource time;
  private final Models known;
  private final Map<ModelKey, ModelTruth> models = new TreeMap<>();
  private final Joined joined = new Joined();
  private final JoinBooks books = new JoinBooks();
  private StoreSettings storeSettings;
  private JoinTable table;
  private boolean degraded;
  private long setAside;

  /** What the desk asks about models. */
  public interface Models {

    /** Returns the names of all models that traffic or configuration named. */
    Set<ModelKey> known();

    /** Returns the baseline in force. */
    Optional<Baseline> baseline(ModelKey model);
  }

  /** What happens when an outcome meets its prediction. */
  private final class Joined implements JoinTable.Joins {

    @Override
    public boolean fits(ModelKey model, Prediction prediction, Value outcome) {
      ModelTruth truth = model(model);
      return truth == null || truth.fits(prediction, outcome);
    }

    @Override
    public void joined(ModelKey model, StoredPrediction prediction, Value outcome, long lagMillis) {
      ModelTruth truth = model(model);
      if (truth != null) {
        truth.recordDelay(lagMillis);
        truth.score(prediction.prediction(), words(prediction), outcome, time.millis());
      }
    }

    @Override
    public void joined(
        ModelKey first,
        StoredPrediction ofFirst,
        ModelKey second,
        StoredPrediction ofSecond,
        Value outcome) {
      ModelTruth truth = model(first);
      ModelTruth other = model(second);
      if (truth != null && other != null) {
        Optional<Boolean> right = truth.isRight(ofFirst.prediction(), outcome);
        Optional<Boolean> otherRight = other.isRight(ofSecond.prediction(), outcome);
        if (right.isPresent() && otherRight.isPresent()) {
          truth.pair(second, right.get(), otherRight.get());
        }
      }
    }

    private List<String> words(StoredPrediction prediction) {
      List<String> words = new ArrayList<>(prediction.attributes().length);
      for (int attribute : prediction.attributes()) {
        words.add(table.store().word(attribute));
      }
      return words;
    }
  }

  /** Opens the store; a file that cannot be read is set aside. */
  public TruthDesk(TruthSettings settings, Models known, InstantSource time) {
    this.settings = settings;
    this.storeSettings = settings.store();
    this.known = known;
    this.time = time;
    this.table = open(time.instant());
  }

  private JoinTable open(Instant now) {
    TruthStore store = TruthStore.open(storeSettings.directory(), now);
    try {
      return opened(new JoinTable(limits(store), store, books, joined));
    } catch (RuntimeException e) {
      if (storeSettings.directory() == null) {
        throw e;
      }
      books.clear();
      TruthStore fresh = store.replaced(storeSettings.directory(), now, e);
      return opened(new JoinTable(limits(fresh), fresh, books, joined));
    }
  }

  private JoinTable opened(JoinTable opened) {
    TruthStore.Origin origin = opened.store().origin();
    setAside += origin == TruthStore.Origin.REPLACED ? 1 : 0;
    degraded = origin == TruthStore.Origin.FALLBACK;
    return opened;
  }

  /**
   * Goes on under other settings. Models whose own settings or windows change count afresh;
   * predictions go on waiting where they are.
   */
  public synchronized void reconfigure(TruthSettings newSettings) {
    settings = newSettings;
    storeSettings = newSettings.store().withDirectory(storeSettings.directory());
    guarded(
        () -> {
          table.reconfigure(limits(table.store()));
          return null;
        });
    models
        .entrySet()
        .removeIf(
            entry ->
                !entry
                    .getValue()
                    .isFor(newSettings.models().apply(entry.getKey()), newSettings.windows()));
  }

  /** In place of a disk, memory takes no more than it would by default. */
  private StoreSettings limits(TruthStore store) {
    if (store.origin() == TruthStore.Origin.FALLBACK) {
      StoreSettings memory = StoreSettings.defaults();
      storeSettings =
          storeSettings
              .withMaxEntries(Math.min(storeSettings.maxEntries(), memory.maxEntries()))
              .withMaxBytes(Math.min(storeSettings.maxBytes(), memory.maxBytes()));
    }
    return storeSettings;
  }

  /** Returns whether the predictions of a model are of use only beside their inputs. */
  public boolean needsInputs(ModelKey key) {
    return !settings.models().apply(key).attributes().isEmpty();
  }

  /** Takes the predictions of a batch; those with an id wait for their outcome. */
  public synchronized void predictions(InferenceBatch batch) {
    ModelTruth truth = model(batch.model());
    if (truth == null) {
      return;
    }
    long now = time.millis();
    int rowOfId = 0;
    for (int row = 0; row < batch.rows(); row++) {
      String id = batch.id(row);
      boolean sameInference = row > 0 && id != null && id.equals(batch.id(row - 1));
      rowOfId = sameInference ? rowOfId + 1 : 0;
      take(truth, batch, row, rowOfId, now);
    }
  }

  private void take(ModelTruth truth, InferenceBatch batch, int row, int rowOfId, long now) {
    Prediction prediction = truth.columns().find(batch, row);
    if (prediction.isNothing()) {
      return;
    }
    String id = batch.id(row);
    List<String> attributes = truth.attributes(batch, row);
    truth.predicted(prediction, attributes, now);
    if (id != null) {
      long hash = JoinTable.hash(batch.model().name(), id, rowOfId);
      long made = batch.time(row).toEpochMilli();
      guarded(
          () -> {
            offer(batch.model(), hash, now, made, prediction, attributes);
            return null;
          });
    }
  }

  private void offer(
      ModelKey model,
      long hash,
      long now,
      long made,
      Prediction prediction,
      List<String> attributes) {
    TruthStore store = table.store();
    int word = store.number(JoinEntries.word(model));
    int[] numbers = numbers(store, attributes);
    if (word >= 0) {
      table.offer(model, new StoredPrediction(hash, now, made, word, prediction, numbers));
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

  /** Takes the outcomes of a payload, one by one. */
  public synchronized TruthReceipt truths(Decoded.Truths truths) {
    Receipt receipt = new Receipt(truths.truths().size() + truths.bad());
    Map<String, Set<ModelKey>> candidates = new HashMap<>();
    for (int i = 0; i < truths.truths().size(); i++) {
      GroundTruth truth = truths.truths().get(i);
      Set<ModelKey> named = candidates.computeIfAbsent(truth.model(), this::candidates);
      TruthOutcome outcome = guarded(() -> take(truth, named));
      receipt.add(outcome, truths.places().get(i));
    }
    for (int i = 0; i < truths.bad(); i++) {
      books.ended(ModelKey.of(ModelKey.UNKNOWN), TruthOutcome.REJECTED_RECORD);
      receipt.add(TruthOutcome.REJECTED_RECORD, "");
    }
    return receipt.finished();
  }

  private @Nullable TruthOutcome take(GroundTruth truth, Set<ModelKey> candidates) {
    if (candidates.isEmpty()) {
      return books.ended(ModelKey.of(ModelKey.UNKNOWN), TruthOutcome.REJECTED_MODEL);
    }
    ModelKey model = counted(truth, candidates);
    Value outcome = truth.outcome();
    if (outcome == null) {
      return books.ended(model, TruthOutcome.REJECTED_MISSING);
    }
    long[] hashes = hashes(truth, candidates);
    long now = time.millis();
    return truth.isInline()
        ? takeInline(model, truth, hashes, outcome, now)
        : table.offer(model, candidates, hashes, outcome, now);
  }

  private @Nullable TruthOutcome takeInline(
      ModelKey key, GroundTruth truth, long[] hashes, Value outcome, long now) {
    ModelTruth model = model(key);
    if (model == null) {
      return books.ended(key, TruthOutcome.REJECTED_MODEL);
    }
    Prediction prediction = model.columns().find(truth);
    if (!model.fits(prediction, outcome)) {
      return books.ended(key, TruthOutcome.REJECTED_TYPE);
    }
    TruthOutcome ended = table.inline(key, hashes, outcome, now);
    if (ended == TruthOutcome.INLINE) {
      List<String> attributes = model.attributes(truth);
      model.predicted(prediction, attributes, now);
      model.score(prediction, attributes, outcome, now);
    }
    return ended;
  }

  /** Returns the versions of the model that an outcome names; of all models if it names none. */
  private Set<ModelKey> candidates(String name) {
    Set<ModelKey> named = new TreeSet<>(models.keySet());
    named.addAll(known.known());
    named.addAll(books.models());
    named.removeIf(
        model ->
            name.isBlank() ? model.name().equals(ModelKey.UNKNOWN) : !model.name().equals(name));
    return named;
  }

  /** Returns the version that an outcome is counted for as long as no prediction tells better. */
  private static ModelKey counted(GroundTruth truth, Set<ModelKey> candidates) {
    if (candidates.size() == 1) {
      return candidates.iterator().next();
    }
    if (truth.model().isBlank()) {
      return ModelKey.of(ModelKey.UNKNOWN);
    }
    ModelKey named = new ModelKey(truth.model(), truth.version());
    return candidates.contains(named) ? named : ModelKey.of(truth.model());
  }

  private static long[] hashes(GroundTruth truth, Set<ModelKey> candidates) {
    Set<String> names = new LinkedHashSet<>();
    candidates.forEach(model -> names.add(model.name()));
    List<Long> hashes = new ArrayList<>();
    for (String name : names) {
      for (String id : truth.ids()) {
        hashes.add(JoinTable.hash(name, id, truth.row()));
      }
    }
    return hashes.stream().mapToLong(Long::longValue).toArray();
  }

  private @Nullable ModelTruth model(ModelKey key) {
    ModelTruth truth = models.get(key);
    if (truth == null && models.size() < settings.maxModels()) {
      truth = new ModelTruth(key, settings.models().apply(key), settings.windows(), time.millis());
      models.put(key, truth);
    }
    if (truth != null) {
      truth.compareWith(known.baseline(key).orElse(null), time.millis());
    }
    return truth;
  }

  /** Ends what has waited long enough, also while nothing arrives. */
  public synchronized void tend() {
    if (table.store().isOnDisk() && table.store().hasFailed()) {
      LOG.error("the store of predictions could not be written; {}", CONSEQUENCE);
      giveUpDisk();
    }
    guarded(
        () -> {
          table.tend(time.millis());
          return null;
        });
  }

  /** Returns the state of every model that predictions or outcomes named; for scrapes. */
  public synchronized List<TruthSnapshot> counters() {
    return snapshots(false);
  }

  /** Ends what has waited long enough, and returns the same with the state of every window. */
  public synchronized List<TruthSnapshot> snapshots() {
    tend();
    return snapshots(true);
  }

  private List<TruthSnapshot> snapshots(boolean withWindows) {
    Map<ModelKey, JoinCounts> joins = books.counts();
    JoinCounts none = new JoinCounts.Counter().snapshot();
    Map<ModelKey, TruthSnapshot> snapshots = new TreeMap<>();
    for (Map.Entry<ModelKey, JoinCounts> entry : joins.entrySet()) {
      ModelKey key = entry.getKey();
      ModelTruth truth = models.get(key);
      snapshots.put(
          key,
          truth == null
              ? unscored(key, entry.getValue())
              : truth.snapshot(entry.getValue(), time.millis(), withWindows));
    }
    models.forEach(
        (key, truth) -> {
          if (!snapshots.containsKey(key)) {
            snapshots.put(key, truth.snapshot(none, time.millis(), withWindows));
          }
        });
    return List.copyOf(snapshots.values());
  }

  private static TruthSnapshot unscored(ModelKey key, JoinCounts joins) {
    Map<Unscored, Long> none = new HashMap<>();
    for (Unscored reason : Unscored.values()) {
      none.put(reason, 0L);
    }
    return new TruthSnapshot(
        key,
        joins,
        new DelayCounts.Counter().snapshot(),
        none,
        List.of(),
        Map.of(),
        Optional.empty());
  }

  @Override
  public String stateName() {
    return "truth";
  }

  @Override
  public int stateVersion() {
    return 1;
  }

  /** Writes a section a model version; what waits is in the store. */
  @Override
  public synchronized void save(Sections sections) throws IOException {
    Set<ModelKey> all = new TreeSet<>(models.keySet());
    all.addAll(books.models());
    for (ModelKey key : all) {
      StateOutput section = new StateOutput();
      section.text(key.name());
      section.text(key.version());
      books.save(key, section);
      ModelTruth truth = models.get(key);
      section.flag(truth != null);
      if (truth != null) {
        truth.save(section);
      }
      sections.add(section);
    }
  }

  @Override
  public synchronized void restore(StateInput section, boolean continuous)
      throws SnapshotException {
    ModelKey key = new ModelKey(section.text(), section.text());
    books.restore(key, section, continuous);
    if (section.flag()) {
      ModelTruth truth = model(key);
      if (truth == null) {
        throw new SnapshotException("one model version too many");
      }
      truth.restore(section, continuous, time.millis());
    }
  }

  /** Returns where predictions wait, and how full that is. */
  public synchronized StoreStatus store() {
    TruthStore store = table.store();
    StoreStatus.State state = store.isOnDisk() ? StoreStatus.State.DISK : StoreStatus.State.MEMORY;
    return new StoreStatus(
        degraded ? StoreStatus.State.DEGRADED : state,
        table.waitingPredictions(),
        storeSettings.maxEntries(),
        store.fileBytes(),
        table.bytes(),
        storeSettings.maxBytes(),
        setAside);
  }

  /** Does something with the store; if its disk fails, gives it up and goes on in memory. */
  private <T> @Nullable T guarded(Supplier<@Nullable T> work) {
    try {
      return work.get();
    } catch (RuntimeException e) {
      if (!table.store().isOnDisk()) {
        throw e;
      }
      LOG.error("the store of predictions failed ({}); {}", e.toString(), CONSEQUENCE);
      giveUpDisk();
      return null;
    }
  }

  private void giveUpDisk() {
    table.store().closeImmediately();
    TruthStore memory = TruthStore.inMemory(TruthStore.Origin.FALLBACK);
    books.lose();
    table = new JoinTable(limits(memory), memory, books, joined);
    degraded = true;
  }

  /** Writes what waits to the file and closes it. */
  @Override
  public synchronized void close() {
    try {
      table.close();
    } catch (RuntimeException e) {
      LOG.error("the store of predictions could not be closed: {}", e.toString());
    }
  }

  /** Ends as a process that is killed does; for tests. */
  synchronized void kill() {
    table.store().closeImmediately();
  }

  /** Writes everything to the file now, as happens every second; for tests. */
  synchronized void flush() {
    table.store().flush();
  }

  private static final class Receipt {

    private final int received;
    private final Map<String, Integer> outcomes = new HashMap<>();
    private final List<TruthReceipt.Problem> problems = new ArrayList<>();
    private int rejected;

    Receipt(int received) {
      this.received = received;
    }

    void add(@Nullable TruthOutcome outcome, String place) {
      outcomes.merge(outcome == null ? "waiting" : outcome.label(), 1, Integer::sum);
      if (outcome == null) {
        return;
      }
      rejected += outcome.isRejected() ? 1 : 0;
      boolean told = outcome.isRejected() || outcome == TruthOutcome.DUPLICATE_CONFLICT;
      if (told && problems.size() < TruthReceipt.MOST_PROBLEMS) {
        problems.add(new TruthReceipt.Problem(place, outcome.reason(), outcome.detail()));
      }
    }

    TruthReceipt finished() {
      return new TruthReceipt(received, outcomes, rejected, problems);
    }
  }
}
