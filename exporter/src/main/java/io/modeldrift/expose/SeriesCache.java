package io.modeldrift.expose;

import io.modeldrift.evaluate.DriftReport;
import io.modeldrift.evaluate.ModelReport;
import io.modeldrift.inference.ModelKey;
import io.modeldrift.observe.ModelSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/**
 * Remembers the series of each model version until its baseline or report changes, or it is gone.
 *
 * <p>Thread-safe.
 */
final class SeriesCache {

  private final Map<ModelKey, BaselineSeries> baselines = new ConcurrentHashMap<>();
  private final Map<ModelKey, DriftSeries> reports = new ConcurrentHashMap<>();

  /** Returns the labels {@code model} and {@code version}. */
  static Labels labels(ModelKey model) {
    return Labels.of(
        "model", LabelValue.of(model.name()), "version", LabelValue.of(model.version()));
  }

  /** Returns the series of a model; builds them at the first call for a baseline. */
  BaselineSeries of(ModelSnapshot.Ready ready) {
    BaselineSeries series = baselines.get(ready.model());
    if (series == null || !series.describe(ready.baseline())) {
      series = new BaselineSeries(ready.baseline(), labels(ready.model()));
      baselines.put(ready.model(), series);
    }
    return series;
  }

  /**
   * Returns the series of a model's report; nothing if the model was not compared yet, or with
   * another baseline than the one now in force.
   */
  @SuppressWarnings("ReferenceEquality")
  Optional<DriftSeries> of(ModelSnapshot.Ready ready, DriftReport report) {
    return report
        .model(ready.model())
        .filter(ModelReport.Compared.class::isInstance)
        .map(ModelReport.Compared.class::cast)
        .filter(compared -> compared.baseline() == ready.baseline())
        .map(compared -> of(compared, of(ready)));
  }

  private DriftSeries of(ModelReport.Compared compared, BaselineSeries baseline) {
    DriftSeries series = reports.get(compared.model());
    if (series == null || !series.describe(compared)) {
      series = new DriftSeries(compared, baseline);
      reports.put(compared.model(), series);
    }
    return series;
  }

  /** Forgets all models but these. */
  void retain(Collection<ModelSnapshot> models) {
    Set<ModelKey> keys = models.stream().map(ModelSnapshot::model).collect(Collectors.toSet());
    baselines.keySet().retainAll(keys);
    reports.keySet().retainAll(keys);
  }
}
