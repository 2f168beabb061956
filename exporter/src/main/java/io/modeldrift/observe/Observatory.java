package io.modeldrift.observe;

import io.modeldrift.baseline.Baseline;
import io.modeldrift.inference.InferenceBatch;
import io.modeldrift.inference.ModelKey;
import io.modeldrift.snapshot.SnapshotException;
import io.modeldrift.snapshot.StateInput;
import io.modeldrift.snapshot.StateOutput;
import io.modeldrift.snapshot.StatePart;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The live state of all model versions.
 *
 * <p>Bounded: at most {@link ObserveSettings#maxModels} versions; what is kept of each follows from
 * its baseline and the windows, not from its traffic. What traffic teaches is bounded by the heap:
 * all models together have at most one column for each 100 kB of it. Thread-safe: one lock per
 * model, held for a batch or a snapshot.
 */
public final class Observatory implements StatePart {

  private ObserveSettings settings;
  private final InstantSource time;
  private final Map<ModelKey, ModelObserver> models = new HashMap<>();
  private volatile int rowWeight = 1;
  private final HeapShare heap;
  private long refusedRows;
  private long tooWideRows;

  /** Makes an observatory that may fill the heap of this process. */
  public Observatory(ObserveSettings settings, InstantSource time) {
    this(settings, Runtime.getRuntime().maxMemory(), time);
  }

  Observatory(ObserveSettings settings, long heapBytes, InstantSource time) {
    this.settings = settings;
    this.heap = new HeapShare(heapBytes);
    this.time = time;
  }

  /**
   * Gets ready for a configured model before its first row, so that its series start at zero.
   *
   * <p>If traffic turns out to name other versions, a version that was expected and never came is
   * forgotten.
   */
  public void expect(ModelKey model) {
    find(model, time.instant());
  }

  /**
   * Goes on under new settings. Windows whose bins and panes stay the same keep what they counted.
   *
   * <p>More models than a lowered limit allows stay; only new ones are refused.
   */
  public void reconfigure(ObserveSettings newSettings) {
    Instant now = time.instant();
    Map<ModelKey, ModelObserver> known;
    synchronized (this) {
      settings = newSettings;
      known = new TreeMap<>(models);
    }
    known.forEach(
        (model, observer) ->
            observer.reconfigure(newSettings.models().apply(model), newSettings, now));
  }

  /**
   * Counts every row as so many, since that many less one are passed over.
   *
   * <p>Only the number of rows of a model is an estimate then. Bins are never weighted: a verdict
   * needs the number of values that were really seen.
   */
  public void weighRows(int weight) {
    rowWeight = weight;
  }

  /**
   * Counts the rows of a batch.
   *
   * @param protocol label of the format in which they came
   * @return whether there was room; if not, the rows belong to one model version or column too many
   */
  public boolean observe(InferenceBatch batch, String protocol) {
    Instant now = time.instant();
    ModelObserver observer = find(batch.model(), now);
    if (observer != null && !hasRoom(observer.growth(batch))) {
      countTooWide(batch.rows());
      return false;
    }
    while (observer != null && !observer.observe(batch, protocol, now, rowWeight)) {
      observer = find(batch.model(), now); // it was retired since it was found
    }
    if (observer == null) {
      countRefused(batch.rows());
    }
    return observer != null;
  }

  private boolean hasRoom(int moreColumns) {
    return moreColumns == 0
        || moreColumns + observers().values().stream().mapToLong(ModelObserver::columns).sum()
            <= heap.maxColumns();
  }

  /** Counts how long a model that was observed took to answer one request. */
  public void recordLatency(ModelKey model, Duration latency) {
    ModelObserver observer = known(model);
    if (observer != null) {
      observer.recordLatency(latency, time.instant());
    }
  }

  /** Returns everything counted since the start, without windows; by model. Cheap: for scrapes. */
  public List<ModelSnapshot> counters() {
    return snapshots(false);
  }

  /** Returns everything counted, with the state of every window; by model. For evaluations. */
  public List<ModelSnapshot> snapshots() {
    return snapshots(true);
  }

  /** Returns the model versions that are observed or expected. */
  public synchronized Set<ModelKey> models() {
    return Set.copyOf(models.keySet());
  }

  /** Returns the baseline that a model version is compared with; nothing while it is learned. */
  public Optional<Baseline> baseline(ModelKey model) {
    ModelObserver observer = known(model);
    return observer == null ? Optional.empty() : observer.baseline();
  }

  /** Returns how many rows were dropped because their model version was one too many. */
  public synchronized long refusedRows() {
    return refusedRows;
  }

  /** Returns how many rows were dropped because they would have widened a model too much. */
  public synchronized long tooWideRows() {
    return tooWideRows;
  }

  @Override
  public String stateName() {
    return "models";
  }

  @Override
  public int stateVersion() {
    return 2;
  }

  /** Writes a section a model, each under the model's own lock. */
  @Override
  public void save(Sections sections) throws IOException {
    for (ModelObserver observer : observers().values()) {
      StateOutput section = new StateOutput();
      observer.save(section, time.instant());
      sections.add(section);
    }
  }

  @Override
  public void restore(StateInput section, boolean continuous) throws SnapshotException {
    Instant now = time.instant();
    String name = section.text();
    String version = section.text();
    ModelObserver observer = find(new ModelKey(name, version), now);
    if (observer == null) {
      throw new SnapshotException("one model version too many");
    }
    observer.restore(section, continuous, now);
  }

  private List<ModelSnapshot> snapshots(boolean withWindows) {
    Instant now = time.instant();
    return observers().values().stream()
        .map(observer -> observer.snapshot(now, withWindows))
        .toList();
  }

  private synchronized Map<ModelKey, ModelObserver> observers() {
    return new TreeMap<>(models);
  }

  private synchronized @Nullable ModelObserver known(ModelKey model) {
    return models.get(model);
  }

  private synchronized void countRefused(int rows) {
    refusedRows += rows;
  }

  private synchronized void countTooWide(int rows) {
    tooWideRows += rows;
  }

  private synchronized @Nullable ModelObserver find(ModelKey model, Instant now) {
    ModelObserver known = models.get(model);
    if (known != null) {
      return known;
    }
    ModelKey unversioned = ModelKey.of(model.name());
    ModelObserver expected = models.get(unversioned);
    if (expected != null && expected.retireIfUnused()) {
      models.remove(unversioned);
    }
    if (models.size() >= settings.maxModels()) {
      return null;
    }
    ModelObserver created =
        new ModelObserver(model, settings.models().apply(model), settings, heap, now);
    models.put(model, created);
    return created;
  }
}
