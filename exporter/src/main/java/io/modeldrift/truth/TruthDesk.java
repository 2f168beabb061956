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
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Takes predictions and, later, what turned out, and keeps what follows from both.
 *
 * <p>Thread-safe: each method locks the instance, for a batch, a payload or a snapshot.
 */
public final class TruthDesk implements AutoCloseable, StatePart {

  private volatile TruthSettings settings;
  private final InstantSource time;
  private final Models known;
  private final Map<ModelKey, ModelTruth> models = new TreeMap<>();
  private final SafeJoins joins;
  private final JoinBooks books;

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
        truth.score(prediction.prediction(), joins.attributes(prediction), outcome, time.millis());
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
  }

  /** Opens the store; a file that cannot be read is set aside. */
  public TruthDesk(TruthSettings settings, Models known, InstantSource time) {
    this.settings = settings;
    this.known = known;
    this.time = time;
    this.joins = new SafeJoins(settings.store(), new Joined(), time.instant());
    this.books = joins.books();
  }

  /**
   * Goes on under other settings. Models whose own settings or windows change count afresh;
   * predictions go on waiting where they are.
   */
  public synchronized void reconfigure(TruthSettings newSettings) {
    settings = newSettings;
    joins.reconfigure(newSettings.store());
    models
        .entrySet()
        .removeIf(
            entry ->
                !entry
                    .getValue()
                    .isFor(newSettings.models().apply(entry.getKey()), newSettings.windows()));
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
      rowOfId = batch.continuesInference(row) ? rowOfId + 1 : 0;
      take(truth, batch, row, rowOfId, now);
    }
  }

  private void take(ModelTruth truth, InferenceBatch batch, int row, int rowOfId, long now) {
    Prediction prediction = truth.columns().find(batch, row);
    if (prediction.isNothing()) {
      return;
    }
    String id = batch.id(row);
    List<String> attributes = truth.attributes().of(batch, row);
    truth.predicted(prediction, attributes, now);
    if (id != null) {
      long hash = JoinTable.hash(batch.model().name(), id, rowOfId);
      long made = batch.time(row).toEpochMilli();
      joins.offer(batch.model(), hash, now, made, prediction, attributes);
    }
  }

  /** Takes the outcomes of a payload, one by one. */
  public synchronized TruthReceipt truths(Decoded.Truths truths) {
    TruthReceipt.Counter receipt = new TruthReceipt.Counter(truths.truths().size() + truths.bad());
    Map<String, Candidates> candidates = new HashMap<>();
    for (int i = 0; i < truths.truths().size(); i++) {
      GroundTruth truth = truths.truths().get(i);
      Candidates named = candidates.computeIfAbsent(truth.model(), this::candidates);
      ModelKey counted = named.areNone() ? ModelKey.of(ModelKey.UNKNOWN) : named.counted(truth);
      TruthOutcome outcome = joins.truth(counted, table -> take(truth, counted, named, table));
      receipt.add(outcome, truths.places().get(i));
    }
    for (int i = 0; i < truths.bad(); i++) {
      books.ended(ModelKey.of(ModelKey.UNKNOWN), TruthOutcome.REJECTED_RECORD);
      receipt.add(TruthOutcome.REJECTED_RECORD, "");
    }
    return receipt.finished();
  }

  private @Nullable TruthOutcome take(
      GroundTruth truth, ModelKey model, Candidates candidates, JoinTable table) {
    if (candidates.areNone()) {
      return books.ended(model, TruthOutcome.REJECTED_MODEL);
    }
    Value outcome = truth.outcome();
    if (outcome == null) {
      return books.ended(model, TruthOutcome.REJECTED_MISSING);
    }
    long[] hashes = candidates.hashes(truth);
    long now = time.millis();
    return truth.isInline()
        ? takeInline(model, truth, hashes, outcome, table)
        : table.offer(model, candidates.models(), hashes, outcome, now);
  }

  private @Nullable TruthOutcome takeInline(
      ModelKey key, GroundTruth truth, long[] hashes, Value outcome, JoinTable table) {
    long now = time.millis();
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
      List<String> attributes = model.attributes().of(truth);
      model.predicted(prediction, attributes, now);
      model.score(prediction, attributes, outcome, now);
    }
    return ended;
  }

  private Candidates candidates(String name) {
    Set<ModelKey> all = new TreeSet<>(models.keySet());
    all.addAll(known.known());
    all.addAll(books.models());
    return Candidates.of(name, all);
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
    joins.tend(time.millis());
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
    return 3;
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
    return joins.status();
  }

  /** Writes what waits to the file and closes it. */
  @Override
  public synchronized void close() {
    joins.close();
  }

  /** Ends as a process that is killed does; for tests. */
  synchronized void kill() {
    joins.store().closeImmediately();
  }

  /** Writes everything to the file now, as happens every second; for tests. */
  synchronized void flush() {
    joins.store().flush();
  }
}
