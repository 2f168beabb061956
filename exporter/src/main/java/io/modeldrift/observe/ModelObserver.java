package io.modeldrift.observe;

import io.modeldrift.baseline.Baseline;
import io.modeldrift.baseline.BaselineBuilder;
import io.modeldrift.baseline.BaselineFormatException;
import io.modeldrift.baseline.BaselineReader;
import io.modeldrift.baseline.BaselineWriter;
import io.modeldrift.baseline.OutlierScore;
import io.modeldrift.inference.BatchKind;
import io.modeldrift.inference.InferenceBatch;
import io.modeldrift.inference.ModelKey;
import io.modeldrift.inference.Role;
import io.modeldrift.snapshot.SnapshotException;
import io.modeldrift.snapshot.StateInput;
import io.modeldrift.snapshot.StateOutput;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * One model version: first its rows teach a baseline, then they are compared with it.
 *
 * <p>Thread-safe: one lock, held for a batch or a snapshot.
 */
final class ModelObserver {

  /**
   * Cells after which learning stops early, so that a model costs a few megabytes while learning.
   */
  private static final long MAX_LEARNING_CELLS = 500_000;

  /** A baseline of fewer rows would be of no use, however wide the model. */
  private static final int MIN_LEARNED_ROWS = 100;

  private static final int MAX_SAVED_PROTOCOLS = 1_000;
  private static final int MAX_SAVED_BASELINE_BYTES = 64 << 20;

  private final ModelKey model;
  private final HeapShare heap;
  private ObserveSettings.Model configured;
  private ObserveSettings settings;
  private final SchemaCounts schema = new SchemaCounts();
  private final Map<String, Long> payloads = new TreeMap<>();
  private final LatencyHistogram latency;
  private @Nullable BaselineBuilder learner;
  private @Nullable ComparedModel compared;
  private long learnedCells;
  private long rows;
  private Instant lastSeen = Instant.EPOCH;
  private boolean retired;
  private boolean keepsRows;

  ModelObserver(
      ModelKey model,
      ObserveSettings.Model configured,
      ObserveSettings settings,
      HeapShare heap,
      Instant now) {
    this.model = model;
    this.heap = heap;
    this.configured = configured;
    this.settings = settings;
    this.latency = new LatencyHistogram(settings.shortestWindow(), now);
    Baseline baseline = configured.baseline();
    if (baseline == null) {
      learn();
    } else {
      compareWith(baseline, now);
    }
  }

  /**
   * Goes on under a new configuration. Counts that still fit are kept; a baseline that was learned
   * stays in force until a file takes its place.
   */
  synchronized void reconfigure(
      ObserveSettings.Model newlyConfigured, ObserveSettings newSettings, Instant now) {
    boolean learned = compared != null && configured.baseline() == null;
    boolean learnsOtherwise = !configured.learning().equals(newlyConfigured.learning());
    configured = newlyConfigured;
    settings = newSettings;
    Baseline baseline = configured.baseline();
    if (baseline != null) {
      endLearning();
      compareWith(baseline, now);
    } else if (learned && compared != null) {
      compareWith(compared.baseline(), now);
    } else if (compared != null || learnsOtherwise) {
      compared = null;
      learn();
    }
  }

  synchronized void save(StateOutput out, Instant now) {
    out.text(model.name());
    out.text(model.version());
    out.number(rows);
    out.instant(lastSeen);
    schema.save(out);
    latency.save(out);
    out.number(payloads.size());
    payloads.forEach(
        (protocol, count) -> {
          out.text(protocol);
          out.number(count);
        });
    out.flag(compared != null);
    if (compared != null) {
      boolean learned = configured.baseline() == null;
      out.text(learned ? BaselineWriter.toJson(compared.baseline()) : "");
      compared.save(out, now);
    }
  }

  /** Goes on where a saved model stood; its name and version have been read already. */
  synchronized void restore(StateInput in, boolean continuous, Instant now)
      throws SnapshotException {
    long savedRows = in.count();
    Instant savedLastSeen = in.instant();
    long[] savedSchema = SchemaCounts.restore(in);
    LatencyHistogram.Saved savedLatency = LatencyHistogram.restore(in);
    Map<String, Long> savedPayloads = new TreeMap<>();
    int protocols = in.size(MAX_SAVED_PROTOCOLS);
    for (int i = 0; i < protocols; i++) {
      savedPayloads.put(in.text(), in.count());
    }
    if (in.flag()) {
      restoreCompared(in, continuous, now);
    }
    lastSeen = savedLastSeen.isAfter(now) ? now : savedLastSeen;
    if (continuous) {
      rows += savedRows;
      schema.add(savedSchema);
      latency.add(savedLatency);
      savedPayloads.forEach((protocol, count) -> payloads.merge(protocol, count, Long::sum));
    }
  }

  private void restoreCompared(StateInput in, boolean continuous, Instant now)
      throws SnapshotException {
    String learned = in.text(MAX_SAVED_BASELINE_BYTES);
    if (!learned.isEmpty() && configured.baseline() == null) {
      try {
        byte[] json = learned.getBytes(StandardCharsets.UTF_8);
        compareWith(BaselineReader.parse(json, "learned baseline"), now);
        endLearning();
      } catch (BaselineFormatException e) {
        throw new SnapshotException(String.valueOf(e.getMessage()));
      }
    }
    if (compared != null) {
      compared.restore(in, continuous, now);
    }
  }

  /** Counts the rows of a batch; returns false if this observer has been retired. */
  synchronized boolean observe(InferenceBatch batch, String protocol, Instant now, int weight) {
    if (retired) {
      return false;
    }
    payloads.merge(protocol, 1L, Long::sum);
    lastSeen = now;
    if (batch.kind() != BatchKind.RESPONSE) {
      rows += (long) weight * batch.rows();
    }
    schema.addAll(batch);
    if (compared != null) {
      compared.observe(batch, now, schema);
    } else if (learner != null) {
      learn(learner, batch, now);
    }
    return true;
  }

  synchronized void recordLatency(Duration took, Instant now) {
    latency.record(took, now);
  }

  synchronized ModelSnapshot snapshot(Instant now, boolean withWindows) {
    ModelFacts facts =
        new ModelFacts(model, rows, lastSeen, payloads, latency.snapshot(now), schema.snapshot());
    if (compared != null) {
      return compared.snapshot(facts, now, withWindows);
    }
    long learned = learner == null ? 0 : learner.rows();
    return new ModelSnapshot.Learning(facts, learned, settings.learningRows());
  }

  /** Returns the baseline in force, if one is. */
  synchronized Optional<Baseline> baseline() {
    return Optional.ofNullable(compared).map(ComparedModel::baseline);
  }

  /** Observes nothing from now on if nothing was observed so far; returns whether that is so. */
  synchronized boolean retireIfUnused() {
    retired = payloads.isEmpty();
    return retired;
  }

  /** Returns how many columns are kept. */
  synchronized int columns() {
    if (compared != null) {
      return compared.baseline().columns().size();
    }
    return learner == null ? 0 : learner.columns();
  }

  /** Returns by how many columns a batch would widen what is being learned. */
  synchronized int growth(InferenceBatch batch) {
    if (learner == null) {
      return 0;
    }
    int columns = batch.columns(Role.INPUT).size() + batch.columns(Role.OUTPUT).size();
    return Math.max(0, columns - learner.columns());
  }

  private void learn() {
    endLearning();
    learner = new BaselineBuilder(configured.learning()).derive(new OutlierScore());
    learnedCells = 0;
  }

  private void endLearning() {
    if (keepsRows) {
      heap.learnerWent();
      keepsRows = false;
    }
    learner = null;
  }

  private void learn(BaselineBuilder from, InferenceBatch batch, Instant now) {
    if (!keepsRows) {
      heap.learnerCame();
      keepsRows = true;
    }
    try {
      from.add(batch);
    } catch (OutOfMemoryError e) {
      learn(); // from nothing: with what it has it would fail at the next batch, too
      throw e;
    }
    int columns = batch.columns(Role.INPUT).size() + batch.columns(Role.OUTPUT).size();
    learnedCells += (long) columns * batch.rows();
    if (from.rows() >= settings.learningRows()
        || learnedCells >= MAX_LEARNING_CELLS
        || from.isFull()
        || takesTooMuch(from)) {
      compareWith(from.build(model, now, "traffic"), now);
      endLearning();
    }
  }

  private boolean takesTooMuch(BaselineBuilder from) {
    return from.rows() >= MIN_LEARNED_ROWS && from.bytes() >= heap.bytesPerLearner();
  }

  private void compareWith(Baseline baseline, Instant now) {
    ComparedModel before = compared;
    if (before != null && before.isFor(baseline, configured.rules(), settings.windows())) {
      return;
    }
    compared = new ComparedModel(baseline, configured.rules(), settings.windows(), now);
    if (before != null) {
      compared.takeOver(before, now);
    }
  }
}
