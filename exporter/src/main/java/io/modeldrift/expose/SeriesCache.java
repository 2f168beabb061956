package io.modeldrift.expose;

import io.modeldrift.inference.ModelKey;
import io.modeldrift.observe.ModelSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/**
 * Remembers the series of each model version until its baseline changes or the model is gone.
 *
 * <p>Thread-safe.
 */
final class SeriesCache {

  private final Map<ModelKey, BaselineSeries> known = new ConcurrentHashMap<>();

  /** Returns the labels {@code model} and {@code version}. */
  static Labels labels(ModelKey model) {
    return Labels.of(
        "model", LabelValue.of(model.name()), "version", LabelValue.of(model.version()));
  }

  /** Returns the series of a model; builds them at the first call for a baseline. */
  BaselineSeries of(ModelSnapshot.Ready ready) {
    BaselineSeries series = known.get(ready.model());
    if (series == null || !series.describe(ready.baseline())) {
      series = new BaselineSeries(ready.baseline(), labels(ready.model()));
      known.put(ready.model(), series);
    }
    return series;
  }

  /** Forgets all models but these. */
  void retain(Collection<ModelSnapshot> models) {
    Set<ModelKey> keys = models.stream().map(ModelSnapshot::model).collect(Collectors.toSet());
    known.keySet().retainAll(keys);
  }
}
